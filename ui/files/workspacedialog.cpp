#include "ui/files/workspacedialog.h"

#include "ui/theme/icons.h"
#include "ui/widgets/ask.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

/// The nearest folder above that is there: where browsing begins.
QString existingParent(const QString &folder)
{
    QDir dir(folder);
    while (!dir.exists()) {
        const QString up = QFileInfo(dir.absolutePath()).absolutePath();
        if (up == dir.absolutePath())
            break;
        dir.setPath(up);
    }
    return dir.absolutePath();
}

} // namespace

WorkspaceDialog::WorkspaceDialog(const QString &proposal, QWidget *parent)
    : QDialog(parent)
    , m_folder(new QLineEdit(QDir::toNativeSeparators(proposal), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Workspace folder"));
    auto *text =
        new QLabel(tr("Where should the clips of this split be kept?\nThe folder is made if it is not there. "
                      "A clip of 10 seconds takes about 1.2 MB."),
                   this);
    m_folder->setAccessibleName(tr("Workspace folder"));
    m_folder->setMinimumWidth(460);
    auto *browseButton = new QPushButton(icon(u"folder"_s), tr("Browse…"), this);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Use this folder"));

    auto *row = new QHBoxLayout;
    row->addWidget(m_folder, 1);
    row->addWidget(browseButton);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(text);
    column->addLayout(row);
    column->addWidget(m_buttons);

    connect(browseButton, &QPushButton::clicked, this, &WorkspaceDialog::browse);
    connect(m_folder, &QLineEdit::textChanged, this, [this](const QString &folder) {
        m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!folder.trimmed().isEmpty());
    });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(QDir::cleanPath(QFileInfo(m_folder->text().trimmed()).absoluteFilePath()));
        accept();
    });
}

void WorkspaceDialog::browse()
{
    askForFile(this, FileChoice::Folder, windowTitle(), existingParent(m_folder->text().trimmed()), {},
               [this](const QString &folder) { m_folder->setText(QDir::toNativeSeparators(folder)); });
}

} // namespace earmark::ui
