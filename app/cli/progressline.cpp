#include "cli/progressline.h"

#include "base/terminaltext.h"
#include "cli/messages.h"
#include "cli/terminal.h"
#include "export/jsontext.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

/// Milliseconds until a state is shown for the first time, and then between two.
constexpr std::pair BarPace{500, 250};
constexpr std::pair LinePace{10'000, 10'000};
constexpr std::pair JsonPace{0, 1'000};

void put(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

ProgressLine::Form ProgressLine::chosenForm()
{
    if (manner().progress == ProgressForm::Json)
        return Form::Json;
    if (manner().progress == ProgressForm::None || manner().isQuiet)
        return Form::None;
    return canRewrite(STDERR_FILENO) ? Form::Bar : Form::Lines;
}

ProgressLine::ProgressLine(std::function<State()> state, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_form(chosenForm())
{
    if (m_form == Form::None)
        return;
    const auto [first, next] = m_form == Form::Json ? JsonPace : m_form == Form::Bar ? BarPace : LinePace;
    connect(&m_timer, &QTimer::timeout, this, [this, next = next] {
        show();
        m_timer.start(next);
    });
    m_timer.start(first);
}

ProgressLine::~ProgressLine()
{
    if (m_form == Form::Json || (m_form == Form::Bar && m_isShown))
        show();
    if (std::exchange(s_columns, 0) > 0)
        put(u"\n"_s);
}

void ProgressLine::clear()
{
    if (const int columns = std::exchange(s_columns, 0); columns > 0)
        put(u'\r' + QString(columns, u' ') + u'\r');
}

void ProgressLine::show()
{
    m_isShown = true;
    auto [share, text, json] = m_state();
    share = std::clamp(share, 0.0, 1.0);
    text = terminalText(std::move(text));
    if (m_form == Form::Bar) {
        showBar(share, text);
    } else if (m_form == Form::Lines) {
        put(text + u'\n');
    } else {
        if (json.is_null())
            json = {{"state", share < 1 ? "running" : "done"}, {"share", share}};
        put(QString::fromUtf8(exports::jsonText(json)) + u'\n');
    }
}

void ProgressLine::showBar(double share, const QString &text)
{
    // The last column stays free: some terminals go to the next line when it is taken.
    const int room = columnsOf(STDERR_FILENO) - 1;
    const int width = std::clamp(room - widthOf(text) - 1, 0, 24);
    QString line;
    if (constexpr int Shortest = 6; width >= Shortest) {
        const int filled = static_cast<int>(share * width);
        line = QString(filled, u'█') + QString(width - filled, u'░') + u' ';
    }
    line = cutTo(line + text, room);
    // Blanks clear what the last one left behind.
    const int columns = widthOf(line);
    const int rest = std::clamp(s_columns - columns, 0, room - columns);
    put(u'\r' + line + QString(rest, u' ') + QString(rest, u'\b'));
    s_columns = columns;
}

} // namespace earmark::cli
