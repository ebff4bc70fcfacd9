#include "ui/widgets/ask.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace earmark::ui {

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
    dialog->open();
    return dialog;
}

} // namespace earmark::ui
