// Any bytes as a file that people open: a list, a manifest, a label map or an ontology. Which of them is
// decided when this is compiled (EARMARK_FUZZED). A refusal says why; what is read is sound, and read as the
// same twice.
#include "classes/labelmap.h"
#include "classes/ontology.h"
#include "readers/listreader.h"
#include "readers/manifestreader.h"
#include "readers/officialrow.h"
#include "sound.h"

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::readers;
using namespace earmark::segments;
using fuzz::require;

namespace earmark::fuzz {

void isRefusal(const Error &error)
{
    require(!error.text.isEmpty(), "a refusal says why");
    require(std::ranges::all_of(error.text, [](QChar c) { return c.isPrint() || c == u'\n'; }),
            "a refusal can be shown");
}

void isSplit(const Result<Split> &split, const Result<Split> &again)
{
    require(split.has_value() == again.has_value(), "a file is read, or it is not");
    if (!split)
        return isRefusal(split.error());
    const SegmentTable &table = split->table;
    isSound(table);
    require(table.size() > 0, "a split has segments");
    require(static_cast<qint64>(split->problems.size()) <= split->problemCount, "all problems are counted");
    for (std::size_t label = 0; label < table.labelCount(); ++label)
        isText(table.mid(static_cast<LabelNumber>(label)));
    require(table.size() == again->table.size(), "a file has as many rows the second time");
    for (Row row = 0; row < table.size(); ++row) {
        require(table.labels(row).size() <= SegmentTable::MostLabelsOfSegment, "a segment has few labels");
        require(listLine(table, row) == listLine(again->table, row), "a row is read as the same twice");
    }
    for (const auto &[key, judgement] : split->judgements)
        require(table.find(key).has_value(), "what is said is said of a segment");
}

void list(const QString &path)
{
    const auto form = detectFileFormat(path);
    if (!form)
        return isRefusal(form.error());
    isSplit(readList(path, *form), readList(path, *form));
}

void manifest(const QString &path)
{
    isSplit(readManifest(path), readManifest(path));
}

void labelmap(const QString &path)
{
    const auto map = LabelMap::read(path);
    if (!map)
        return isRefusal(map.error());
    require(!map->labels().empty() && map->labels().size() <= LabelMap::MostClasses, "a map has classes");
    for (const LabelMap::Label &label : map->labels()) {
        isText(label.mid);
        isText(label.displayName.toUtf8());
        require(label.index >= 0 && !label.displayName.isEmpty(), "a class has a number and a name");
        require(map->find(label.mid) == &label, "each class is there once");
    }
}

void ontology(const QString &path)
{
    const auto read = Ontology::read(path);
    if (!read)
        return isRefusal(read.error());
    const auto &nodes = read->nodes();
    std::size_t down = 0;
    std::size_t up = 0;
    std::vector<bool> isReached(nodes.size());
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        require(read->find(nodes[node].mid) == static_cast<int>(node), "each class is there once");
        down += nodes[node].children.size();
        up += nodes[node].parents.size();
        for (const int child : nodes[node].children)
            require(std::ranges::count(nodes[static_cast<std::size_t>(child)].parents,
                                       static_cast<int>(node)) > 0,
                    "a child knows its parent");
        if (!nodes[node].parents.empty())
            continue;
        for (const QByteArray &mid : read->under(static_cast<int>(node)))
            isReached[static_cast<std::size_t>(read->find(mid))] = true;
    }
    require(down == up, "each child has a parent");
    require(std::ranges::find(isReached, false) == isReached.end(), "each class is below a root");
}

} // namespace earmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    fuzz::EARMARK_FUZZED(fuzz::fileOf(data, size));
    return 0;
}
