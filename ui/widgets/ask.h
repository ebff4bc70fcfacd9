#pragma once

#include <QString>

#include <functional>
#include <vector>

class QFileDialog;
class QMessageBox;
class QWidget;

namespace earmark::ui {

/// A button of a question, and what it does once the box has closed.
struct Answer
{
    QString text;
    std::function<void()> act;
};

/// Asks in a box over `window`, with Cancel beside the answers, and returns at once: no event loop is nested
/// in the caller. While the box is open lists are loaded and queues renewed, so `act` must look up what it
/// works on, and the caller closes the box (reject()) when its question has become void. The box deletes
/// itself.
QMessageBox *ask(QWidget *window, const QString &title, const QString &text, const QString &more,
                 std::vector<Answer> answers);

enum class FileChoice { Open, Save, Folder };

/// Asks for one file or folder in the same way. `start`: the folder or file that is shown first. `kinds` as
/// QFileDialog has them. `chosen` is called with the path; not at all when the user cancels.
QFileDialog *askForFile(QWidget *window, FileChoice choice, const QString &title, const QString &start,
                        const QString &kinds, std::function<void(const QString &path)> chosen);

} // namespace earmark::ui
