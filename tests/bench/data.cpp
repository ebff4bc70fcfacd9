/// earmark-bench-data: writes a split like AudioSet's unbalanced one, the same bytes on every machine.
///
/// The shape of a line, the order of the ids and of the labels in a row, and the frequencies of the
/// well-known classes are those of the published file (2,041,789 segments, 4,020,212 positive labels). Only
/// whole numbers are drawn, and only with the generator below: the standard library's distributions differ
/// from one to the next.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

/// Sebastiano Vigna's SplitMix64.
class Random final
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    /// From 0 to `end` - 1. The bias is below 2^-32.
    std::uint32_t below(std::uint32_t end)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * end) >> 32);
    }
    bool percent(std::uint32_t chance) { return below(100) < chance; }

private:
    std::uint64_t m_state;
};

struct Class
{
    std::string mid;
    std::string name;
    bool label = false; ///< one of the 527, not an abstract node
    std::vector<std::string> children = {};
    int parent = -1; ///< the first class that names this one as a child
    std::uint32_t weight = 0;
};

/// How often a class is drawn, in hundreds of segments, where it is one of the frequent ones. A class also
/// comes in with the classes below it.
struct Frequency
{
    std::string_view name;
    std::uint32_t hundreds;
};
constexpr std::array Frequent{
    Frequency{"Vehicle", 900},
    Frequency{"Musical instrument", 600},
    Frequency{"Guitar", 620},
    Frequency{"Plucked string instrument", 120},
    Frequency{"Singing", 425},
    Frequency{"Car", 415},
    Frequency{"Animal", 200},
    Frequency{"Outside, rural or natural", 357},
    Frequency{"Violin, fiddle", 281},
    Frequency{"Bird", 220},
    Frequency{"Drum", 160},
    Frequency{"Engine", 120},
    Frequency{"Narration, monologue", 155},
    Frequency{"Drum kit", 150},
    Frequency{"Acoustic guitar", 145},
    Frequency{"Dog", 110},
    Frequency{"Child speech, kid speaking", 118},
    Frequency{"Bass drum", 92},
    Frequency{"Siren", 70},
};

/// The tree of AudioSet's classes with weights for drawing from it.
class Classes final
{
public:
    explicit Classes(const std::string &path);

    int find(std::string_view name) const
    {
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            if (m_all[i].name == name)
                return static_cast<int>(i);
        }
        return -1;
    }
    const Class &at(int number) const { return m_all[static_cast<std::size_t>(number)]; }
    /// All classes that may be a label.
    const std::vector<int> &labels() const { return m_labels; }
    /// A class by its weight, of all.
    int draw(Random &random) const { return draw(random, m_labels, m_weights); }
    /// A class by its weight, of those beside or below `number`; -1 when there are none.
    int drawNear(Random &random, int number) const
    {
        const auto &family = m_families[static_cast<std::size_t>(number)];
        return family.members.empty() ? -1 : draw(random, family.members, family.weights);
    }

private:
    struct Family
    {
        std::vector<int> members;
        std::vector<std::uint32_t> weights; ///< running sums
    };

    int draw(Random &random, const std::vector<int> &members, const std::vector<std::uint32_t> &weights) const
    {
        const std::uint32_t point = random.below(weights.back());
        const auto found = std::upper_bound(weights.begin(), weights.end(), point);
        return members[static_cast<std::size_t>(found - weights.begin())];
    }
    void weigh();
    void gatherFamilies();

    std::vector<Class> m_all;
    std::vector<int> m_labels;
    std::vector<std::uint32_t> m_weights;
    std::vector<Family> m_families; ///< by class
};

Classes::Classes(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    std::unordered_map<std::string, int> numbers;
    while (std::getline(file, line)) {
        if (line.starts_with('#'))
            continue;
        std::array<std::string, 5> fields;
        std::istringstream text(line);
        for (std::string &field : fields)
            std::getline(text, field, '\t');
        Class node{.mid = fields[1], .name = fields[2], .label = !fields[0].empty()};
        std::istringstream children(fields[4]);
        for (std::string child; std::getline(children, child, ',');)
            node.children.push_back(child);
        numbers.emplace(node.mid, static_cast<int>(m_all.size()));
        m_all.push_back(std::move(node));
    }
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        for (const std::string &child : m_all[i].children) {
            const auto found = numbers.find(child);
            if (found != numbers.end() && m_all[static_cast<std::size_t>(found->second)].parent < 0)
                m_all[static_cast<std::size_t>(found->second)].parent = static_cast<int>(i);
        }
        if (m_all[i].label)
            m_labels.push_back(static_cast<int>(i));
    }
    if (m_labels.empty())
        return;
    weigh();
    gatherFamilies();
}

void Classes::weigh()
{
    // Which class is frequent and which is rare has nothing to do with its place in the file.
    std::vector<int> byRank = m_labels;
    Random random(527);
    for (std::size_t i = byRank.size() - 1; i > 0; --i)
        std::swap(byRank[i], byRank[random.below(static_cast<std::uint32_t>(i + 1))]);
    for (std::size_t rank = 0; rank < byRank.size(); ++rank) {
        Class &node = m_all[static_cast<std::size_t>(byRank[rank])];
        node.weight = 1000 / (10 + static_cast<std::uint32_t>(rank)) + 1;
        for (const Frequency &known : Frequent) {
            if (node.name == known.name)
                node.weight = known.hundreds;
        }
        if (node.name == "Speech" || node.name == "Music") // a row's first question, not drawn here
            node.weight = 0;
    }
    std::uint32_t sum = 0;
    for (const int number : m_labels)
        m_weights.push_back(sum += at(number).weight);
}

void Classes::gatherFamilies()
{
    m_families.resize(m_all.size());
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        Family &family = m_families[i];
        std::uint32_t sum = 0;
        for (const int other : m_labels) {
            const Class &node = at(other);
            const bool near =
                node.parent == static_cast<int>(i) || (node.parent >= 0 && node.parent == m_all[i].parent);
            if (!near || other == static_cast<int>(i) || node.weight == 0)
                continue;
            family.members.push_back(other);
            family.weights.push_back(sum += node.weight);
        }
    }
}

struct Options
{
    std::uint32_t rows = 2'041'789;
    bool distinctSets = false; ///< five labels at random a row, so that hardly two rows have the same set
    bool shuffled = false;     ///< ids in no order
    std::string classes;
    std::string out;
};

/// 64-bit numbers as YouTube writes them: eleven characters, here of an alphabet in byte order.
void writeId(std::uint64_t id, char *out)
{
    constexpr std::string_view Alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 10; ++i)
        out[i] = Alphabet[(id >> (58 - 6 * i)) & 63];
    constexpr std::string_view Last = "048AEIMQUYcgkosw"; // only four bits are left for the last one
    out[10] = Last[id & 15];
}

std::vector<std::uint64_t> makeIds(const Options &options)
{
    Random random(11);
    std::vector<std::uint64_t> ids(options.rows);
    for (std::uint64_t &id : ids)
        id = random.next();
    if (!options.shuffled)
        std::sort(ids.begin(), ids.end());
    return ids;
}

class Rows final
{
public:
    Rows(const Classes &classes, const Options &options)
        : m_classes(classes)
        , m_options(options)
        , m_speech(classes.find("Speech"))
        , m_music(classes.find("Music"))
    {
    }

    std::string text();

private:
    void add(int number)
    {
        if (m_classes.at(number).label &&
            std::find(m_labels.begin(), m_labels.end(), number) == m_labels.end())
            m_labels.push_back(number);
    }
    void drawLabels();
    void drawOneWithParents(int number);
    void appendTimes(std::string &out);
    static void appendSeconds(std::string &out, std::uint32_t seconds)
    {
        std::array<char, 16> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds).ptr;
        out.append(buffer.data(), end).append(".000");
    }

    const Classes &m_classes;
    const Options &m_options;
    int m_speech;
    int m_music;
    Random m_random{2017};
    std::vector<int> m_labels; ///< of the row being made
};

void Rows::drawOneWithParents(int number)
{
    // People who rated a guitar said "Musical instrument" as well nearly always, or hardly ever: that is a
    // habit that goes with the class, or there would be far more distinct label sets.
    add(number);
    for (int child = number, parent = 0; (parent = m_classes.at(child).parent) >= 0; child = parent) {
        const std::uint32_t habit = child % 3 != 0 ? 95 : 5;
        if (parent == m_speech || parent == m_music || !m_random.percent(habit))
            return;
        add(parent);
    }
}

void Rows::drawLabels()
{
    m_labels.clear();
    if (m_options.distinctSets) {
        const auto &all = m_classes.labels();
        while (m_labels.size() < 5)
            add(all[m_random.below(static_cast<std::uint32_t>(all.size()))]);
        return;
    }
    // Of 100 segments, 17 have speech over music, 37 music, 33 speech, 13 neither.
    const std::uint32_t kind = m_random.below(100);
    if (kind < 54)
        add(m_music);
    if (kind < 17 || (kind >= 54 && kind < 87))
        add(m_speech);
    int last = -1;
    for (std::uint32_t more = kind >= 87 ? 100 : 48; m_random.percent(more); more = last >= 0 ? 25 : more) {
        int number = -1;
        if (last >= 0 && m_random.percent(97))
            number = m_classes.drawNear(m_random, last);
        if (number < 0)
            number = m_classes.draw(m_random);
        drawOneWithParents(number);
        last = number;
    }
}

void Rows::appendTimes(std::string &out)
{
    // Shorter segments are whole short videos. Of the others, one in three begins at 30 s, the rest at tens
    // of seconds that get rarer the later they are.
    if (m_random.below(100'000) < 1'935) {
        appendSeconds(out, 0);
        out += ", ";
        appendSeconds(out, 1 + std::max(m_random.below(9), m_random.below(9)));
        return;
    }
    std::uint32_t start = 30;
    if (m_random.percent(70)) {
        start = 0;
        while (m_random.percent(93) && start < 21'000)
            start += 10;
    }
    appendSeconds(out, start);
    out += ", ";
    appendSeconds(out, start + 10);
}

std::string Rows::text()
{
    std::string body;
    body.reserve(std::size_t{m_options.rows} * 90);
    std::uint64_t positive = 0;
    std::vector<std::string_view> mids;
    for (const std::uint64_t id : makeIds(m_options)) {
        std::array<char, 11> name{};
        writeId(id, name.data());
        body.append(name.data(), name.size()).append(", ");
        appendTimes(body);
        drawLabels();
        mids.clear();
        for (const int label : m_labels)
            mids.push_back(m_classes.at(label).mid);
        std::sort(mids.begin(), mids.end());
        positive += mids.size();
        body += ", \"";
        for (std::size_t i = 0; i < mids.size(); ++i)
            body.append(i > 0 ? "," : "").append(mids[i]);
        body += "\"\n";
    }
    const std::string rows = std::to_string(m_options.rows);
    return "# Segments made by earmark-bench-data in the form of AudioSet's unbalanced split\n# num_ytids=" +
           rows + ", num_segs=" + rows + ", num_unique_labels=" + std::to_string(m_classes.labels().size()) +
           ", num_positive_labels=" + std::to_string(positive) +
           "\n# YTID, start_seconds, end_seconds, positive_labels\n" + body;
}

int usage()
{
    std::cerr << "usage: earmark-bench-data [--rows N] [--distinct-sets] [--shuffled] CLASSES.tsv OUT.csv\n";
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--rows" && i + 1 < argc) {
            const std::string_view number = argv[++i];
            const auto read = std::from_chars(number.data(), number.data() + number.size(), options.rows);
            if (read.ec != std::errc{} || options.rows == 0)
                return usage();
        } else if (argument == "--distinct-sets") {
            options.distinctSets = true;
        } else if (argument == "--shuffled") {
            options.shuffled = true;
        } else {
            files.push_back(argument);
        }
    }
    if (files.size() != 2)
        return usage();
    const Classes classes(files[0]);
    if (classes.labels().empty()) {
        std::cerr << "earmark-bench-data: " << files[0] << " holds no classes\n";
        return 1;
    }
    const std::string text = Rows(classes, options).text();
    std::ofstream out(files[1], std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
        std::cerr << "earmark-bench-data: " << files[1] << " could not be written\n";
        return 1;
    }
    return 0;
}
