#pragma once

#include <QWidget>

#include <functional>
#include <map>

class QVBoxLayout;

namespace earmark::ui {

/// What a banner is about. A newer one replaces the older one about the same.
enum class Topic {
    Split,
    Problems,
    Judgements,
    Labels,
    Workspace,
    Ledger,
    Tools,
    Queue,
    Engine,
    Source,
    Export,
    Sound
};

enum class Tone { Info, Success, Warning, Error };

/// Something that can be done about it.
struct BannerAction
{
    QString text;
    std::function<void()> act;
};

/// Messages above the table that wait to be read, instead of dialogs that stop the user.
class BannerStack final : public QWidget
{
    Q_OBJECT

public:
    explicit BannerStack(QWidget *parent = nullptr);

    void show(Topic topic, Tone tone, const QString &text, const std::vector<BannerAction> &actions = {});
    /// Something beside the text that changes while the banner is there, as a countdown does; not announced.
    /// Nothing when there is no such banner.
    void setNote(Topic topic, const QString &text);
    void dismiss(Topic topic);
    /// What is said about a topic now; empty when nothing is.
    QString text(Topic topic) const;
    QString note(Topic topic) const;

private:
    class Banner;
    QVBoxLayout *m_column;
    std::map<Topic, Banner *> m_banners;
};

} // namespace earmark::ui
