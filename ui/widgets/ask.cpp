#include "ui/widgets/ask.h"

#include "ui/widgets/fit.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr int BoxLetters = 64; ///< of an average width
constexpr QSize FileDialogSize(800, 520);

} // namespace

/// A message box takes the width of its first sentence, and breaks the second into many lines. Only a spacer
/// makes it wider: it gives itself a fixed size.
void widen(QMessageBox &box)
{
    auto *grid = static_cast<QGridLayout *>(box.layout());
    const int width = std::min(box.fontMetrics().averageCharWidth() * BoxLetters, roomFor(box).width());
    const QMargins margins = grid->contentsMargins();
    grid->addItem(new QSpacerItem(width - margins.left() - margins.right(), 0), grid->rowCount(), 0, 1,
                  grid->columnCount());
}

QMessageBox *ask(QWidget *window, const QString &title, const QString &text, const QString &more,
                 std::vector<Answer> answers)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(more);
    for (Answer &answer : answers) {
        const auto *button = box->addButton(answer.text, QMessageBox::AcceptRole);
        QObject::connect(box, &QDialog::finished, box, [box, button, act = std::move(answer.act)] {
            if (box->clickedButton() == button)
                act();
        });
    }
    widen(*box);
    box->open();
    return box;
}

QFileDialog *askForFile(QWidget *window, FileChoice choice, const QString &title, const QString &start,
                        const QString &kinds, std::function<void(const QString &path)> chosen)
{
    auto *dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilter(kinds);
    dialog->setOption(QFileDialog::ShowDirsOnly, choice == FileChoice::Folder);
    dialog->setAcceptMode(choice == FileChoice::Save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(choice == FileChoice::Open   ? QFileDialog::ExistingFile
                        : choice == FileChoice::Save ? QFileDialog::AnyFile
                                                     : QFileDialog::Directory);
    if (QFileInfo(start).isDir())
        dialog->setDirectory(start);
    else if (!start.isEmpty())
        dialog->selectFile(start);
    QObject::connect(dialog, &QDialog::accepted, dialog, [dialog, chosen = std::move(chosen)] {
        if (const QStringList files = dialog->selectedFiles(); !files.isEmpty())
            chosen(files.first());
    });
    setFirstSize(*dialog, FileDialogSize);
    dialog->open();
    return dialog;
}

} // namespace earmark::ui
