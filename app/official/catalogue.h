#pragma once

#include <QString>
#include <QUrl>

#include <vector>

namespace earmark::official {

/// What a file tells of, and so how it is read and what it is good for.
enum class Kind { Segments, Labels, Ontology, Ratings };

/// A file that AudioSet's publishers hand out.
struct OfficialFile
{
    QString name;     ///< on the command line: "eval"
    QString fileName; ///< "eval_segments.csv"
    QString path;     ///< below the corpus's address; empty: it has an address of its own
    QString title;    ///< for people: "Evaluation split"
    QString about;    ///< what it is good for, one sentence
    QString licence;
    Kind kind = Kind::Segments;
    qint64 bytes = -1;      ///< -1: not known
    qint64 rows = -1;       ///< segments or classes; -1: not known
    QByteArray sha256 = {}; ///< of the edition that is known, in lower case hexadecimal; empty: not known
};

/// All of them, in the order in which a person meets them. Source: research.google.com/audioset (download and
/// strong labels), github.com/audioset/ontology; sizes and rows as counted in 2026.
const std::vector<OfficialFile> &catalogue();
/// By its name or its file name, upper and lower case alike; null when there is none.
const OfficialFile *findOfficial(QStringView name);

/// "segments", "classes": what the rows of such a file are.
QString rowsWord(Kind kind);

/// Where the files are. At first: the official places.
struct Addresses
{
    QUrl corpus{QStringLiteral("https://storage.googleapis.com/us_audioset/youtube_corpus/")};
    QUrl ontology{QStringLiteral("https://raw.githubusercontent.com/audioset/ontology/master/ontology.json")};

    QUrl of(const OfficialFile &file) const;
    bool operator==(const Addresses &) const = default;
};

} // namespace earmark::official
