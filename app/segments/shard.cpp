#include "segments/shard.h"

#include <QRegularExpression>

namespace earmark::segments {

using namespace Qt::StringLiterals;

bool Shard::holds(const YtId &ytid) const
{
    // Not qHash(): it is another one in every version of Qt, and may be seeded.
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
    for (const char character : ytid.view()) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 0x100'0000'01B3;
    }
    return hash % of == number - 1;
}

Result<Shard> Shard::parse(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{1,4})/([0-9]{1,4})$"_s);
    const auto match = form.match(text);
    const Shard shard{match.captured(1).toUInt(), match.captured(2).toUInt()};
    if (!match.hasMatch() || shard.number < 1 || shard.number > shard.of)
        return failure(
            ErrorCode::BadInput,
            u"“%1” is no part of a whole; expected I/N with I from 1 to N, for example 3/16."_s.arg(text));
    return shard;
}

} // namespace earmark::segments
