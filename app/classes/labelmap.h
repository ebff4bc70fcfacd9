#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>

#include <stop_token>
#include <vector>

namespace earmark {
class CsvFields;
class LineSource;
} // namespace earmark

namespace earmark::classes {

/// The classes of AudioSet: index, machine id (mid) and display name.
/// Source of the built-in table: AudioSet's class_labels_indices.csv (public facts).
class LabelMap final
{
public:
    /// How many classes a map may have.
    static constexpr std::size_t MostClasses = 65'535;

    struct Label
    {
        int index = 0;       ///< the class's number in its file, or its place; AudioSet 0-526, YAMNet 0-520
        QByteArray mid;      ///< "/m/09x0r"
        QString displayName; ///< "Speech"
    };

    /// All 527 classes, from the program itself.
    static const LabelMap &builtIn();
    /// The 521 of YAMNet: AudioSet's but for six, numbered on. Source: TensorFlow Models'
    /// yamnet_class_map.csv (public facts).
    static const LabelMap &yamNet();
    /// Reads "index,mid,display_name" with or without header, quotes, CRLF, byte-order mark; 527 or 521 rows
    /// or any other number; or "mid", a tab and the name, as AudioSet's mid_to_display_name.tsv for the
    /// strong labels. A line that is anything else, an id or a name that is not UTF-8 or holds control
    /// characters, and more than 65,535 classes are errors that name file and line. Cancelled besides.
    static Result<LabelMap> read(const QString &path, std::stop_token stop = {});

    const std::vector<Label> &labels() const { return m_labels; }
    /// The class of this mid in this table; null when it is not in it.
    const Label *find(QByteArrayView mid) const;
    /// Name for people: from this table, else from the built-in one, else the mid itself.
    QString displayName(QByteArrayView mid) const;

private:
    void add(Label label);
    QString take(const LineSource &source, CsvFields &fields);

    std::vector<Label> m_labels;
    QHash<QByteArray, int> m_byMid;
};

} // namespace earmark::classes
