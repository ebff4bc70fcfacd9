#pragma once

#include "official/officialstore.h"
#include "ui/official/officialmodel.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace earmark::ui {

class Settings;

/// Shows AudioSet's official files and fetches them. Does not hold up the window; what is being fetched goes
/// on when it is closed.
class OfficialPage final : public QDialog
{
    Q_OBJECT

public:
    /// All must outlive the page.
    OfficialPage(official::OfficialStore &store, Settings &settings, QWidget *parent = nullptr);
    ~OfficialPage() override;

Q_SIGNALS:
    /// The person wants to work with this file, which is there.
    void useRequested(const QString &path);

private:
    QWidget *makeAddresses();
    void takeAddresses();
    void resetAddresses();
    void showAddresses();
    void update();
    void activate();
    void use();
    /// -1: none.
    int current() const;

    official::OfficialStore &m_store;
    Settings &m_settings;
    OfficialModel m_model;
    QTableView *m_view;
    QLabel *m_details;
    QPushButton *m_fetch;
    QPushButton *m_cancel;
    QPushButton *m_use;
    QPushButton *m_fetchMissing;
    QPushButton *m_showFolder;
    QLineEdit *m_corpus;
    QLineEdit *m_ontology;
    QLabel *m_addressProblem;
    QPushButton *m_reset;
};

} // namespace earmark::ui
