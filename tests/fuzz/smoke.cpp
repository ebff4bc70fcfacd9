// Runs a fuzz target without a fuzzer: over a folder of inputs, and over some thousand changed ones, always
// the same. So the targets are part of every test run, with any compiler.
#include <QByteArray>
#include <QDir>

#include <cstdint>
#include <cstdio>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size);

namespace {

/// The same numbers with every compiler (a 64-bit linear congruential generator, Knuth's MMIX).
class Numbers final
{
public:
    qsizetype below(qsizetype limit)
    {
        m_state = m_state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<qsizetype>((m_state >> 33) % static_cast<std::uint64_t>(limit));
    }

private:
    std::uint64_t m_state = 1;
};

/// Some bytes changed, taken out, put in twice, or replaced by some of another input.
QByteArray changed(QByteArray text, const QByteArray &other, Numbers &numbers)
{
    for (qsizetype times = 1 + numbers.below(4); times > 0; --times) {
        const qsizetype at = numbers.below(text.size() + 1);
        const qsizetype length = numbers.below(std::min<qsizetype>(text.size() - at, 40) + 1);
        switch (numbers.below(4)) {
        case 0:
            text.insert(at, static_cast<char>(numbers.below(256)));
            break;
        case 1:
            text.remove(at, length);
            break;
        case 2:
            text.insert(at, text.mid(at, length));
            break;
        default:
            text.replace(at, length, other.mid(numbers.below(other.size() + 1), 40));
            break;
        }
    }
    return text;
}

void run(const QByteArray &text)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char *>(text.constData()),
                           static_cast<std::size_t>(text.size()));
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::fputs("usage: smoke FOLDER HOW_MANY\n", stderr);
        return 2;
    }
    std::vector<QByteArray> inputs;
    for (const QFileInfo &info :
         QDir(QString::fromLocal8Bit(argv[1])).entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            return 1;
        inputs.push_back(file.readAll());
        run(inputs.back());
    }
    if (inputs.empty()) {
        std::fprintf(stderr, "%s holds no input\n", argv[1]);
        return 1;
    }
    Numbers numbers;
    const auto any = [&]() -> const QByteArray & {
        return inputs[static_cast<std::size_t>(numbers.below(static_cast<qsizetype>(inputs.size())))];
    };
    for (int i = QByteArray(argv[2]).toInt(); i > 0; --i)
        run(changed(any(), any(), numbers));
    return 0;
}
