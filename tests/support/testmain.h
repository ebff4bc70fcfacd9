#pragma once

#include <QTest>

// Every test file includes this: those of a folder are one program, in which QTEST_MAIN's main() goes by the
// file's name (tests/CMakeLists.txt).
#ifdef EARMARK_TEST_NAME
#define main EARMARK_TEST_NAME // NOLINT
#endif
