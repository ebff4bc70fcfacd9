#include "export/share.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t MostParts = 100;

/// Why they cannot be the parts of a dataset; empty when they can.
QString problem(std::span<const Share> shares)
{
    const auto isAllowed = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
    };
    if (shares.empty() || shares.size() > MostParts)
        return u"A split has 1 to %1 parts, and here are %2."_s.arg(MostParts).arg(shares.size());
    std::uint64_t sum = 0;
    QStringList names;
    for (const Share &share : shares) {
        if (share.name.isEmpty() || !std::ranges::all_of(share.name, isAllowed))
            return u"A part of a split cannot be called \u201c%1\u201d; use letters, digits, - and _."_s.arg(
                share.name);
        if (names.contains(share.name, Qt::CaseInsensitive)) // folders of some systems
            return u"Two parts of the split are called %1; give each a name of its own."_s.arg(share.name);
        if (share.hundredths == 0)
            return u"The part %1 gets nothing; give it a share, or leave it out."_s.arg(share.name);
        sum += share.hundredths;
        names.append(share.name);
    }
    if (sum != Share::Whole)
        return u"The shares of the split are %1 % in all; they must be 100 %."_s.arg(Share::text(sum));
    return {};
}

} // namespace

QString Share::text(std::uint64_t hundredths)
{
    return u"%1.%2"_s.arg(hundredths / 100).arg(hundredths % 100, 2, 10, QChar(u'0'));
}

Result<void> checkShares(std::span<const Share> shares)
{
    const QString why = problem(shares);
    return why.isEmpty() ? Result<void>() : failure(ErrorCode::BadInput, why);
}

Result<std::vector<Share>> parseShares(const QString &text)
{
    const bool isNamed = text.contains(u'=');
    const QStringList parts = text.split(isNamed ? u',' : u'/');
    const QStringList names = isNamed             ? QStringList()
                              : parts.size() == 2 ? QStringList{u"train"_s, u"test"_s}
                                                  : QStringList{u"train"_s, u"validation"_s, u"test"_s};
    static const QRegularExpression form(u"^(?:([^=]*)=)?([0-9]{1,3})(?:\\.([0-9]{1,2}))?$"_s);
    std::vector<Share> shares;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto match = form.match(parts[i].trimmed());
        if (!match.hasMatch() || isNamed != match.hasCaptured(1) ||
            (!isNamed && parts.size() != names.size()))
            return failure(
                ErrorCode::BadInput,
                u"\u201c%1\u201d is no split; write 80/10/10 (train, validation, test), 90/10 (train, "
                "test) or train=70,dev=20,eval=10."_s.arg(text));
        const QString decimals = match.captured(3).leftJustified(2, u'0');
        shares.push_back({isNamed ? match.captured(1).trimmed() : names[i],
                          match.captured(2).toUInt() * 100 + decimals.toUInt()});
    }
    return checkShares(shares).map([&shares] { return std::move(shares); });
}

} // namespace earmark::exports
