#include "ui/theme/theme.h"

#include "base/enumkeywords.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QStyleOption>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array SchemeKeywords{
    EnumKeyword{Scheme::System, "system"},
    EnumKeyword{Scheme::Light, "light"},
    EnumKeyword{Scheme::Dark, "dark"},
};

} // namespace

QString keyword(Scheme scheme)
{
    return keywordOf(SchemeKeywords, scheme);
}

std::optional<Scheme> schemeFromKeyword(QStringView text)
{
    return fromKeyword(SchemeKeywords, text);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QPalette::ColorGroup groupOf(const QStyleOption &item)
{
    if (!item.state.testFlag(QStyle::State_Enabled))
        return QPalette::Disabled;
    return item.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
}

QColor textColour(const QStyleOption &item)
{
    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    return item.palette.color(groupOf(item), isSelected ? QPalette::HighlightedText : QPalette::Text);
}

QColor blend(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int from, int to) { return from + static_cast<int>(share * (to - from)); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

QPalette paletteFor(bool dark)
{
    const auto pick = [dark](QRgb light, QRgb darkRgb) { return QColor(dark ? darkRgb : light); };
    QPalette palette;
    const QColor text = pick(0x1c2128, 0xe3e6ea);
    const QColor faint = pick(0x98a0ab, 0x6b737e);
    palette.setColor(QPalette::Window, pick(0xf3f4f6, 0x1e2126));
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, pick(0xffffff, 0x16181c));
    palette.setColor(QPalette::AlternateBase, pick(0xf8f9fb, 0x1a1d21));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, pick(0x656e7a, 0x8f98a4));
    palette.setColor(QPalette::Button, pick(0xfafbfc, 0x2a2e35));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, pick(0xffffff, 0xffffff));
    palette.setColor(QPalette::ToolTipBase, pick(0xffffff, 0x2a2e35));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, pick(0x2f6feb, 0x2f62c4));
    palette.setColor(QPalette::HighlightedText, pick(0xffffff, 0xffffff));
    palette.setColor(QPalette::Link, pick(0x1f5fd6, 0x7aa7ff));
    palette.setColor(QPalette::LinkVisited, pick(0x6a4fb3, 0xb79cf5));
    palette.setColor(QPalette::Light, pick(0xffffff, 0x3a3f48));
    palette.setColor(QPalette::Midlight, pick(0xe9ebef, 0x30343b));
    palette.setColor(QPalette::Mid, pick(0xc9ced6, 0x24272c));
    palette.setColor(QPalette::Dark, pick(0xaab1bb, 0x121417));
    palette.setColor(QPalette::Shadow, pick(0x6f7782, 0x0a0b0d));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, pick(0xd5dae2, 0x343941));
    return palette;
}

Colours coloursFor(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const auto pick = [dark](QRgb light, QRgb darkRgb) { return QColor(dark ? darkRgb : light); };
    return {.ok = pick(0x1a7f4b, 0x56c98a),
            .warning = pick(0x9a6200, 0xe0b04a),
            .error = pick(0xc0342b, 0xf0837a),
            .lost = pick(0x8a3fa8, 0xd39be8),
            .accent = pick(0x2f6feb, 0x6a9bff),
            .muted = palette.color(QPalette::Active, QPalette::PlaceholderText),
            .track = pick(0xe3e7ec, 0x2d3239),
            .line = pick(0xd9dde3, 0x383e46),
            .outline = pick(0xa9b0ba, 0x565e69),
            .chip = pick(0xe8eef9, 0x283040)};
}

Theme::Theme(QApplication &application)
    : m_application(application)
    , m_systemIsDark(isDark(QApplication::palette()) || qEnvironmentVariable("GTK_THEME").endsWith("dark"_L1))
{
    QApplication::setStyle(new Style);
}

void Theme::apply(Scheme scheme)
{
    m_scheme = scheme;
    m_application.setPalette(paletteFor(scheme == Scheme::System ? m_systemIsDark : scheme == Scheme::Dark));
}

} // namespace earmark::ui
