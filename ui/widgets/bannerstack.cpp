#include "ui/widgets/bannerstack.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int BannerIconSize = 18;
/// More buttons stand below the text: beside it they would leave it a narrow column.
constexpr std::size_t MostBeside = 2;

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
    {
        setAccessibleName(tr("Message"));
        setAccessibleDescription(text);
        m_text->setWordWrap(true);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(12 + BannerIconSize + 10, 7, 8, 7);
        column->setSpacing(6);
        column->addLayout(m_row);
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
        QHBoxLayout *row = m_row;
        if (actions.size() > MostBeside) {
            row = new QHBoxLayout;
            row->setSpacing(8);
            row->addStretch(1);
            static_cast<QVBoxLayout *>(layout())->addLayout(row);
        }
        std::vector<QPushButton *> buttons;
        for (const BannerAction &action : actions) {
            buttons.push_back(addButton(action.text));
            row->addWidget(buttons.back());
        }
        return buttons;
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

protected:
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
};

BannerStack::BannerStack(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setAccessibleName(tr("Messages"));
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
}

void BannerStack::show(Topic topic, Tone tone, const QString &text, const std::vector<BannerAction> &actions)
{
    dismiss(topic);
    auto *banner = new Banner(tone, text, this);
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
