#pragma once

#include "ui/review/auditionoptions.h"

#include <QObject>

#include <optional>
#include <vector>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ClipStage;

/// Going through clips one by one: which, in what order, and where one is. Each is played as it is reached.
class Audition final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this.
    Audition(session::Session &session, ClipStage &stage, QObject *parent = nullptr);

    /// Those of the rows shown that have a clip, from `first` on if it is one of them; else from where the
    /// person left off the last time, else from the first without a verdict. False when none has a clip.
    bool begin(std::vector<segments::Row> shown, std::optional<segments::Row> first,
               const AuditionOptions &wish);
    /// Forgets the rows; what plays goes on.
    void end();
    bool isOn() const { return !m_rows.empty(); }

    const std::vector<segments::Row> &rows() const { return m_rows; }
    std::size_t position() const { return m_position; }
    std::optional<segments::Row> current() const;
    std::optional<std::size_t> find(segments::Row row) const;
    /// How many have a verdict.
    qint64 decidedCount() const { return m_decided; }

    void next() { goTo(m_position + 1); }
    void previous();
    /// Beyond the last one: nothing happens but reachedEnd().
    void goTo(std::size_t position);

    const AuditionOptions &wish() const { return m_wish; }
    /// Another order begins at the clip where one is.
    void setWish(const AuditionOptions &wish);
    /// Whether the labels of a row are not to be seen yet.
    bool hidesLabels(segments::Row row) const;

Q_SIGNALS:
    /// The rows, or their order.
    void rowsChanged();
    void positionChanged();
    /// What is known of some of the rows; also how many are decided.
    void verdictsChanged();
    void wishChanged();
    void reachedEnd();

private:
    void arrange(std::optional<segments::Row> first);
    void show();
    void count();
    std::vector<segments::Row> neighbours() const;

    session::Session &m_session;
    ClipStage &m_stage;
    AuditionOptions m_wish;
    std::vector<segments::Row> m_shown;
    std::vector<segments::Row> m_rows;
    std::size_t m_position = 0;
    qint64 m_decided = 0;
};

} // namespace earmark::ui
