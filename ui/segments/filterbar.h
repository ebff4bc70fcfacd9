#pragma once

#include "classes/classes.h"
#include "query/query.h"
#include "ui/widgets/debounce.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QHBoxLayout;
class QKeyEvent;
class QLabel;
class QLineEdit;

namespace earmark::ui {

class FilterMenus;
class MistakeLabel;
class QueryCompleter;
class Settings;

/// The line in which a query is typed, how many it found, and where it is wrong. Helps with typing, and
/// remembers the filters that were used and saved.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    /// `settings` must outlive the bar.
    explicit FilterBar(Settings &settings, QWidget *parent = nullptr);
    ~FilterBar() override;

    /// What the text asks for; nothing while the text has an error.
    const std::optional<query::QueryNode> &query() const { return m_query; }
    QString text() const;
    /// What is wrong with the text and where, a sentence; empty while it has no error.
    QString errorText() const;
    /// Can be undone like anything typed.
    void setText(const QString &text);
    /// What else a query must fulfil, such as that there are the classes that it names. The text is read
    /// again at once, without queryChanged(): the caller finds by the new query().
    void setCheck(std::function<std::optional<query::QueryError>(const query::QueryNode &)> check);
    /// What is offered while somebody types.
    void setClasses(const classes::Classes &classes);
    /// Nothing: unknown, as the text has an error.
    void setFound(std::optional<qint64> count);
    void focusFilter();
    /// Something to the right of the count.
    void addButton(QWidget *button);

Q_SIGNALS:
    /// At each keystroke that changes the query, or leaves none.
    void queryChanged();
    /// The text has another error, or none any more.
    void errorChanged();
    /// The person wants to go on to what was found.
    void left();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool takesKey(const QKeyEvent &event);
    void read();
    /// True when there is another query() now, or none any more.
    bool readAgain();
    void markFirst();
    void choose(const QString &text, qsizetype cursor);
    void showError();
    void tellError();
    void goToMistake();
    bool isBeingCompleted(const query::QueryError &error) const;
    void underline(qsizetype position, qsizetype length);

    QLineEdit *m_edit;
    QLabel *m_found;
    QHBoxLayout *m_row;
    QAction *m_mistakeSign; ///< in the line edit, while there is a mistake
    // Children of the window, so that they lie over what is below.
    QPointer<MistakeLabel> m_mistake;
    QPointer<QueryCompleter> m_completer;
    FilterMenus *m_menus;
    Debounce m_tell;   ///< who is still typing is not told that something is missing
    Debounce m_settle; ///< what was not typed, but chosen or ticked, and stayed, is remembered too
    std::function<std::optional<query::QueryError>(const query::QueryNode &)> m_check;
    std::optional<query::QueryNode> m_query = query::QueryNode();
    QString m_text;                           ///< of the last query
    std::optional<query::QueryError> m_error; ///< of what stands in the line now
    bool m_isUnderlined = false;
    bool m_isUnderlining = false;
    bool m_isSetting = false; ///< nobody types
    bool m_hasFocus = false;
};

} // namespace earmark::ui
