#pragma once

#include "base/result.h"

#include <QMap>
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

/// Writes a file for a test and gives its path; ends the program when it cannot.
QString writeFile(const QString &path, const QByteArray &content);
/// All of a file; nothing when it cannot be read.
QByteArray readFile(const QString &path);
/// All files below a folder by what their paths have beyond its own, or the one file by nothing.
QMap<QString, QByteArray> readFiles(const QString &path);

} // namespace earmark::test

/// The result holds a value, else the test fails with the error's sentence. Evaluates its argument once.
#define VERIFY_OK(...)                                                                                       \
    do {                                                                                                     \
        const auto &okResult = (__VA_ARGS__);                                                                \
        QVERIFY2(okResult.has_value(), earmark::test::errorText(okResult).constData());                      \
    } while (false)
/// The result is an error of this code, with a sentence. Evaluates its argument once.
#define COMPARE_ERROR(result, expected)                                                                      \
    do {                                                                                                     \
        const auto &failedResult = (result);                                                                 \
        QVERIFY(!failedResult.has_value());                                                                  \
        QVERIFY2(failedResult.error().code == (expected), failedResult.error().text.toUtf8().constData());   \
        QVERIFY(!failedResult.error().text.isEmpty());                                                       \
    } while (false)
