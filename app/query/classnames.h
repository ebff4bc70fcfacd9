#pragma once

#include "classes/classes.h"
#include "segments/segmenttable.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <vector>

namespace earmark::query {

/// Finds classes by what people call them: those of a table's labels first, numbered as there, then those
/// that only the label file or the ontology knows.
class ClassNames final
{
public:
    ClassNames(const segments::SegmentTable &table, classes::Classes classes);

    /// By label number: whether the label's name holds `text`, upper and lower case and accents alike.
    std::vector<std::uint8_t> holding(QStringView text) const;
    /// By label number: whether `text` is the label's name or mid.
    std::vector<std::uint8_t> called(QStringView text) const;
    /// By label number: whether `text` is the name or mid of the label, or of a class above it in the
    /// ontology.
    std::vector<std::uint8_t> under(QStringView text) const;
    /// By label number: whether the ontology excludes it from rating.
    std::vector<std::uint8_t> blacklisted() const;

    /// Whether any class has this name or mid, be it a label of the table or not.
    bool isKnown(QStringView text) const;
    /// The name that one most likely meant: the shortest that begins with the text, else the one with the
    /// fewest letters apart; empty when none is near.
    QString nearest(QStringView text) const;

private:
    struct Entry
    {
        QByteArray mid;
        QString folded; ///< name
        int node;       ///< in the ontology; -1 when it is not there
    };

    template <class Fits>
    std::vector<std::uint8_t> labels(const Fits &fits) const;

    classes::Classes m_classes;
    std::size_t m_labelCount;
    std::vector<Entry> m_entries;
};

} // namespace earmark::query
