#pragma once

#include "base/result.h"

#include <QTest>

namespace earmark::test {

/// For QVERIFY2: the error's text, or nothing.
template <class T>
QByteArray errorText(const Result<T> &result)
{
    return result ? QByteArray() : result.error().text.toUtf8();
}

/// A file of the real data that may lie beside the project; empty when it does not. Tests that read it are an
/// addition to tests that pass without it.
QString sharedData(const QString &name);

} // namespace earmark::test

/// The result holds a value, else the test fails with the error's sentence.
#define VERIFY_OK(result) QVERIFY2((result).has_value(), earmark::test::errorText(result).constData())
/// The result is an error of this code.
#define COMPARE_ERROR(result, expected)                                                                      \
    do {                                                                                                     \
        QVERIFY(!(result).has_value());                                                                      \
        QVERIFY2((result).error().code == (expected), (result).error().text.toUtf8().constData());           \
        QVERIFY(!(result).error().text.isEmpty());                                                           \
    } while (false)
