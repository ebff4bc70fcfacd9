#include "classes/builtinclasses.h"

#include <QFile>

namespace earmark::classes {

using namespace Qt::StringLiterals;

const std::vector<BuiltInClass> &builtInClasses()
{
    static const std::vector<BuiltInClass> classes = [] {
        QFile file(u":/earmark/classes.tsv"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the built-in classes are missing from the program");
        std::vector<BuiltInClass> result;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine().chopped(1);
            if (line.startsWith('#'))
                continue;
            const QList<QByteArray> parts = line.split('\t');
            BuiltInClass each;
            each.index = parts[0].isEmpty() ? -1 : parts[0].toInt();
            each.mid = parts[1];
            each.name = QString::fromUtf8(parts[2]);
            each.abstract = parts[3].contains("abstract");
            each.blacklisted = parts[3].contains("blacklist");
            if (!parts[4].isEmpty()) {
                const QList<QByteArray> children = parts[4].split(',');
                each.children.assign(children.begin(), children.end());
            }
            result.push_back(std::move(each));
        }
        return result;
    }();
    return classes;
}

} // namespace earmark::classes
