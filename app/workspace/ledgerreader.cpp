#include "workspace/ledgerreader.h"

#include "base/format.h"
#include "workspace/layout.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/journaltable.h"
#include "workspace/sql/schema.h"

#include <QMap>

#include <algorithm>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MostPerHour = 1'000'000;

} // namespace

LedgerReader::LedgerReader(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
{
}

LedgerReader::~LedgerReader() = default;

Result<std::unique_ptr<LedgerReader>> LedgerReader::open(const QString &folder)
{
    if (auto own = schema::refuseForeign(Layout(folder).ledger()); !own)
        return tl::unexpected(own.error());
    auto connection = Connection::open(Layout(folder).ledger(), Connection::Access::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    if (auto fits = schema::check(**connection); !fits)
        return tl::unexpected(fits.error());
    return std::unique_ptr<LedgerReader>(new LedgerReader(std::move(*connection)));
}

Result<LedgerSettings> LedgerReader::settings()
{
    auto select = m_connection->prepare("SELECT name, CAST(value AS INTEGER), value FROM settings");
    if (!select)
        return tl::unexpected(select.error());
    LedgerSettings settings;
    qint64 sampleRate = settings.format.sampleRate;
    qint64 channels = settings.format.channels;
    QMap<QByteArray, QString> choices;
    const auto read = select->forEachRow([&] {
        const std::string_view name = select->text(0);
        if (name == "sample_rate")
            sampleRate = select->integer(1);
        else if (name == "channels")
            channels = select->integer(1);
        else if (name == "last_start")
            settings.lastStart = schema::momentOf(select->integer(1));
        else if (name == "unavailable_since")
            settings.unavailableSince = schema::momentOf(select->integer(1));
        else if (name == "last_heard")
            settings.lastHeard = QString::fromUtf8(select->text(2));
        else if (name == "per_hour")
            settings.perHour = static_cast<int>(std::clamp<qint64>(select->integer(1), 0, MostPerHour));
        else if (name.starts_with("choice."))
            choices.insert(QByteArray(name.data(), std::ssize(name)), QString::fromUtf8(select->text(2)));
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    if (sampleRate < 8'000 || sampleRate > 192'000 || channels < 1 || channels > 2)
        return failure(
            ErrorCode::Unreadable,
            u"The ledger %1 asks for clips of %2 Hz and %3 channels; Earmark makes clips of 8,000 to 192,000 Hz with 1 or 2 channels. Choose another folder."_s
                .arg(m_connection->path(), countText(sampleRate), countText(channels)));
    settings.format = {static_cast<int>(sampleRate), static_cast<int>(channels)};
    settings.choices = choices.values();
    return settings;
}

Result<ClipCounts> LedgerReader::counts()
{
    auto select = m_connection->prepare("SELECT state, failure, count(*) FROM clips GROUP BY state, failure");
    if (!select)
        return tl::unexpected(select.error());
    ClipCounts counts;
    const auto read = select->forEachRow([&] {
        const auto state = clipStateFromNumber(select->integer(0));
        const qint64 failure = select->integer(1);
        if (!state || failure < 0 || failure > static_cast<int>(FailureClass::Unknown))
            return true;
        counts[*state] += select->integer(2);
        if (*state == ClipState::Failed)
            counts[static_cast<FailureClass>(failure)] += select->integer(2);
        return true;
    });
    return read.map([&] { return counts; });
}

Result<qint64> LedgerReader::size()
{
    return m_connection->number("SELECT count(*) FROM clips");
}

Result<void> LedgerReader::forEach(const std::function<bool(const WantedClip &, const Clip &)> &visit)
{
    const auto text = [](std::string_view utf8) {
        return utf8.empty() ? QString() : QString::fromUtf8(utf8);
    };
    return readRows(schema::Select::InOrder, [&](const LedgerRow &row, const Statement &statement) {
        const Clip clip{withTexts<QString>(row, text),
                        schema::readJudgement(statement, schema::judgementColumn())};
        return visit({row.key, row.origin.position, row.labels.toByteArray()}, clip);
    });
}

Result<void> LedgerReader::forEachRow(schema::Select what,
                                      const std::function<bool(const LedgerRow &)> &visit)
{
    return readRows(what, [&visit](const LedgerRow &row, const Statement &) { return visit(row); });
}

Result<void>
LedgerReader::forEachJudgement(const std::function<void(const SegmentKey &, const Judgement &)> &visit)
{
    return schema::forEachJudgement(*m_connection, visit).map([this](qint64 skipped) {
        m_skipped += skipped;
    });
}

Result<Journal> LedgerReader::journal()
{
    return schema::readJournal(*m_connection);
}

Result<void> LedgerReader::readRows(schema::Select what,
                                    const std::function<bool(const LedgerRow &, const Statement &)> &visit)
{
    auto select = m_connection->prepare(schema::selectText(what));
    if (!select)
        return tl::unexpected(select.error());
    for (;;) {
        const auto row = select->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        const auto read = schema::readRow(*select, what);
        if (!read)
            ++m_skipped;
        else if (!visit(*read, *select))
            return {};
    }
}

} // namespace earmark::workspace
