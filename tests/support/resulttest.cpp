#include "support/resulttest.h"

#include <QFile>

namespace earmark::test {

QString sharedData(const QString &name)
{
    const QString path = QStringLiteral(EARMARK_SOURCE_DIR "/../shared/data/") + name;
    return QFile::exists(path) ? path : QString();
}

} // namespace earmark::test
