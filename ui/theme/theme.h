#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

#include <optional>

class QApplication;
class QStyleOption;

namespace earmark::ui {

/// Which colours the user wants.
enum class Scheme { System, Light, Dark };
QString keyword(Scheme scheme);
std::optional<Scheme> schemeFromKeyword(QStringView text);

/// Colours that mean something and that QPalette has no role for.
struct Colours
{
    QColor ok;
    QColor warning;
    QColor error;
    QColor lost;    ///< was there, and is not now
    QColor accent;  ///< work in progress
    QColor muted;   ///< text that matters less
    QColor track;   ///< the empty part of a bar
    QColor line;    ///< between things, and around what is not to be touched
    QColor outline; ///< around what one can press or type into
    QColor chip;    ///< behind a label's name
};

bool isDark(const QPalette &palette);
QPalette paletteFor(bool dark);
Colours coloursFor(const QPalette &palette);
/// The colours of an item in its state: enabled or not, in the window that has the keyboard or not.
QPalette::ColorGroup groupOf(const QStyleOption &item);
/// Of an item's text, selected or not.
QColor textColour(const QStyleOption &item);
/// `share` of 1 gives `over`, 0 gives `under`.
QColor blend(const QColor &under, const QColor &over, double share);

/// Dresses the application: Fusion, with a light and a dark palette of our own.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// Reads what the desktop prefers; so before any palette is set.
    explicit Theme(QApplication &application);
    void apply(Scheme scheme);
    Scheme scheme() const { return m_scheme; }

private:
    QApplication &m_application;
    bool m_systemIsDark;
    Scheme m_scheme = Scheme::System;
};

} // namespace earmark::ui
