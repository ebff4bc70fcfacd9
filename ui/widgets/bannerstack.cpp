#include "ui/widgets/bannerstack.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/flowlayout.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QDir>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int BannerIconSize = 18;
/// More buttons stand below the text, and so do they in a narrow window: beside it they would leave it a
/// narrow column.
constexpr std::size_t MostBeside = 2;
constexpr int LeastBannerLetters = 32; ///< of the text, of an average width

QColor colourOf(Tone tone, const QPalette &palette)
{
    const Colours colours = coloursFor(palette);
    switch (tone) {
    case Tone::Info:
        return colours.accent;
    case Tone::Success:
        return colours.ok;
    case Tone::Warning:
        return colours.warning;
    case Tone::Error:
        return colours.error;
    }
    return colours.accent;
}

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Info:
        return u"info"_s;
    case Tone::Success:
        return u"success"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Error:
        return u"error"_s;
    }
    return {};
}

} // namespace

class BannerStack::Banner final : public QWidget
{
public:
    Banner(Tone tone, const QString &text, QWidget *parent)
        : QWidget(parent)
        , m_tone(tone)
        , m_text(new QLabel(text, this))
        , m_note(new QLabel(this))
        , m_row(new QHBoxLayout)
        , m_below(new FlowLayout)
    {
        setAccessibleName(tr("Message"));
        setAccessibleDescription(text);
        m_text->setWordWrap(true);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(12 + BannerIconSize + 10, 7, 8, 7);
        column->setSpacing(6);
        column->addLayout(m_row);
        column->addLayout(m_below);
        m_below->setSpacing(8);
        m_below->beginTail();
        m_row->setSpacing(8);
        m_row->addWidget(m_text, 1);
        m_row->addWidget(m_note);
        m_note->hide();
        QFont font = m_note->font();
        font.setBold(true);
        m_note->setFont(font);
    }
    void setNote(const QString &text)
    {
        m_note->setText(text);
        m_note->setVisible(!text.isEmpty());
    }
    QString note() const { return m_note->text(); }
    std::vector<QPushButton *> addButtons(const std::vector<BannerAction> &actions)
    {
        for (const BannerAction &action : actions) {
            m_buttons.push_back(addButton(action.text));
            m_below->addWidget(m_buttons.back());
        }
        return m_buttons;
    }
    QPushButton *addClose()
    {
        auto *button = addButton(QString());
        m_row->addWidget(button);
        button->setIcon(icon(u"close"_s));
        button->setFlat(true);
        button->setAccessibleName(tr("Close message"));
        button->setToolTip(tr("Close this message"));
        button->setFixedWidth(button->sizeHint().height());
        return button;
    }
    QString text() const { return m_text->text(); }
    QSize minimumSizeHint() const override
    {
        const QSize least = QWidget::minimumSizeHint();
        return {std::min(least.width(), fontMetrics().averageCharWidth() * LeastBannerLetters),
                least.height()};
    }
    /// Goes when nobody reads or uses it.
    void goAfter(std::chrono::milliseconds time, const std::function<void()> &go)
    {
        m_lasts.setInterval(time);
        connect(&m_lasts, &QTimer::timeout, this, [this, go] {
            if (!underMouse() && !isAncestorOf(QApplication::focusWidget()))
                go();
        });
        m_lasts.start();
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QWidget::resizeEvent(event);
        arrange();
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QColor colour = colourOf(m_tone, palette());
        painter.fillRect(rect(),
                         blend(palette().color(QPalette::Window), colour, isDark(palette()) ? 0.16 : 0.10));
        painter.fillRect(QRect(0, 0, 4, height()), colour);
        painter.fillRect(QRect(0, height() - 1, width(), 1), coloursFor(palette()).line);
        painter.drawPixmap(14, (height() - BannerIconSize) / 2,
                           iconPixmap(iconOf(m_tone), colour, BannerIconSize, devicePixelRatioF()));
    }

private:
    /// The buttons beside the text where that leaves it room, else below.
    void arrange()
    {
        int taken = m_note->isHidden() ? 0 : m_note->sizeHint().width();
        for (const QPushButton *button : m_buttons)
            taken += button->sizeHint().width() + m_row->spacing();
        const bool isBeside =
            m_buttons.size() <= MostBeside &&
            m_row->geometry().width() - taken > fontMetrics().averageCharWidth() * LeastBannerLetters;
        if (isBeside == m_isBeside)
            return;
        m_isBeside = isBeside;
        for (QPushButton *button : m_buttons) {
            if (isBeside) {
                m_below->removeWidget(button);
                m_row->insertWidget(m_row->count() - 1, button); // before the one that closes
            } else {
                m_row->removeWidget(button);
                m_below->addWidget(button);
            }
        }
    }
    QPushButton *addButton(const QString &text)
    {
        auto *button = new QPushButton(text, this);
        button->setAutoDefault(true);
        return button;
    }

    Tone m_tone;
    QLabel *m_text;
    QLabel *m_note;
    QHBoxLayout *m_row;
    FlowLayout *m_below;
    std::vector<QPushButton *> m_buttons;
    bool m_isBeside = false;
    QTimer m_lasts;
};

BannerStack::BannerStack(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setAccessibleName(tr("Messages"));
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
}

void BannerStack::show(Topic topic, Tone tone, const QString &text, const std::vector<BannerAction> &actions,
                       const QString &path)
{
    dismiss(topic);
    auto *banner = new Banner(tone, text, this);
    banner->setToolTip(QDir::toNativeSeparators(path));
    if (tone == Tone::Success)
        banner->goAfter(SuccessLasts, [this, topic] { dismiss(topic); });
    const auto buttons = banner->addButtons(actions);
    for (std::size_t at = 0; at < buttons.size(); ++at)
        connect(buttons[at], &QPushButton::clicked, this, [act = actions[at].act] { act(); });
    connect(banner->addClose(), &QPushButton::clicked, this, [this, topic] { dismiss(topic); });
    m_banners[topic] = banner;
    m_column->addWidget(banner);
    banner->show();
    QAccessibleEvent alert(banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void BannerStack::setNote(Topic topic, const QString &text)
{
    if (const auto found = m_banners.find(topic); found != m_banners.end())
        found->second->setNote(text);
}

void BannerStack::dismiss(Topic topic)
{
    const auto found = m_banners.find(topic);
    if (found == m_banners.end())
        return;
    found->second->hide();
    found->second->deleteLater(); // its own button may be what asks for it
    m_banners.erase(found);
}

QString BannerStack::text(Topic topic) const
{
    const auto found = m_banners.find(topic);
    return found == m_banners.end() ? QString() : found->second->text();
}

QString BannerStack::note(Topic topic) const
{
    const auto found = m_banners.find(topic);
    return found == m_banners.end() ? QString() : found->second->note();
}

} // namespace earmark::ui
