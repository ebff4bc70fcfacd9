#include "ui/window/actions.h"

#include "ui/theme/icons.h"

#include <QAction>

namespace earmark::ui {

using namespace Qt::StringLiterals;

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    openSplit = add("openSplit"_L1, tr("&Open split…"),
                    tr("Open a list of segments: a split such as balanced_train_segments.csv, strong labels, "
                       "VGGSound, AudioCaps, MusicCaps, or a former manifest.json"),
                    u"open"_s, QKeySequence::Open);
    openSample = add("openSample"_L1, tr("Open the &sample"), tr("Open the sample that comes with Earmark"),
                     u"sample"_s);
    officialFiles = add("officialFiles"_L1, tr("Official &files…"),
                        tr("Fetch AudioSet's own splits, label map, ontology and ratings"), u"download"_s,
                        Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    openLabels = add("openLabels"_L1, tr("Open &label file…"),
                     tr("Take class names from a file, such as class_labels_indices.csv"), u"labels"_s,
                     Qt::CTRL | Qt::Key_L);
    builtInLabels =
        add("builtInLabels"_L1, tr("Use &built-in labels"), tr("Take class names from Earmark's own table"));
    chooseWorkspace = add("chooseWorkspace"_L1, tr("Choose &workspace folder…"),
                          tr("Choose where the clips of this split are kept"), u"folder"_s);
    showWorkspace =
        add("showWorkspace"_L1, tr("Show wor&kspace folder"), tr("Show the clips in the file manager"));
    checkClips = add("checkClips"_L1, tr("Check &clips…"),
                     tr("Compare the files of all finished clips with the ledger, and repair them"),
                     u"check"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_H);
    quit = add("quit"_L1, tr("&Quit"), tr("Close Earmark; downloads go on the next time"), u"close"_s,
               Qt::CTRL | Qt::Key_Q); // QKeySequence::Quit is no key at all on some desktops

    find = add("find"_L1, tr("&Filter"), tr("Go to the filter"), u"search"_s, QKeySequence::Find);
    clearFilter = add("clearFilter"_L1, tr("Show &everything"), tr("Clear the filter"), {},
                      Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    selectAll = add("selectAll"_L1, tr("Select &all"), tr("Select all rows that the filter finds"), {},
                    QKeySequence::SelectAll);
    selectNone =
        add("selectNone"_L1, tr("Select &none"), tr("Select no row"), {}, Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    invertSelection = add("invertSelection"_L1, tr("In&vert selection"),
                          tr("Select the rows found that are not selected"), {}, Qt::CTRL | Qt::Key_I);
    selectByQuery = add("selectByQuery"_L1, tr("Select by &query…"),
                        tr("Select those of the rows found that fit another query"), {},
                        Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    likeThis =
        add("likeThis"_L1, tr("Show only rows &like this"),
            tr("Show only what has something in common with this row"), {}, Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    sample =
        add("sample"_L1, tr("Sa&mple…"),
            tr("Choose some of the rows found by chance, so many for each class"), {}, Qt::CTRL | Qt::Key_M);
    likeLabels = add("likeLabels"_L1, tr("With the same &labels"),
                     tr("Show only rows with exactly the labels of this row"));
    likeVideo = add("likeVideo"_L1, tr("Of the same &video"), tr("Show only segments of this row's video"));
    likeState = add("likeState"_L1, tr("In the same &state"),
                    tr("Show only rows in the state of this row, failed for the same reason"));
    findLabel = add("findLabel"_L1, tr("Find &label"), tr("Go to the search of the label panel"), u"labels"_s,
                    Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    copyLines = add("copyLines"_L1, tr("&Copy rows"), tr("Copy the selected rows as lines of a split"),
                    u"copy"_s, QKeySequence::Copy);
    copyIds = add("copyIds"_L1, tr("Copy &ids"), tr("Copy the video ids of the selected rows"), {},
                  Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    copyAddresses = add("copyAddresses"_L1, tr("Copy &addresses"),
                        tr("Copy the videos' addresses, each at its segment's start"));

    downloadSelected =
        add("downloadSelected"_L1, tr("&Download selected"), tr("Download the clips of the selected rows"),
            u"download"_s, Qt::CTRL | Qt::Key_D);
    downloadFound = add("downloadFound"_L1, tr("Download &found"),
                        tr("Download the clips of all rows that the filter finds"), u"downloadall"_s,
                        Qt::CTRL | Qt::SHIFT | Qt::Key_D);
    cancelSelected = add("cancelSelected"_L1, tr("&Cancel selected"),
                         tr("Take the selected clips out of the queue"), u"close"_s, Qt::Key_Delete);
    retrySelected = add("retrySelected"_L1, tr("&Retry selected"),
                        tr("Try those of the selected clips again that failed"), u"retry"_s);
    downloadAgain = add("downloadAgain"_L1, tr("Do&wnload again"),
                        tr("Download the current clip again: its file is missing or damaged"), u"retry"_s,
                        Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    pause = add("pause"_L1, tr("&Pause"), tr("Begin no new downloads; finish those that run"), u"pause"_s,
                Qt::CTRL | Qt::Key_P);
    stop = add("stop"_L1, tr("&Stop"), tr("End all downloads now and empty the queue"), u"stop"_s);
    retryFailed = add("retryFailed"_L1, tr("Retry f&ailed"), tr("Try again what failed and may work now"),
                      u"retry"_s, Qt::CTRL | Qt::Key_R);
    showLog = add("showLog"_L1, tr("Show lo&g…"), tr("Show what yt-dlp said for the current row's download"),
                  {}, Qt::CTRL | Qt::Key_J);
    downloadSettings = add("downloadSettings"_L1, tr("Download s&ettings…"),
                           tr("How fast and from where clips are downloaded, with which cookies and proxy"),
                           u"settings"_s, Qt::CTRL | Qt::Key_Comma);
    tools =
        add("tools"_L1, tr("&Tools…"), tr("Look at yt-dlp, ffmpeg and the JavaScript runtime; update yt-dlp"),
            {}, Qt::CTRL | Qt::SHIFT | Qt::Key_T);

    play =
        add("play"_L1, tr("&Play or pause"), tr("Play or pause the current clip"), u"play"_s, Qt::Key_Space);
    nextClip = add("nextClip"_L1, tr("&Next segment"), tr("Go to the next row"), {}, Qt::CTRL | Qt::Key_Down);
    previousClip = add("previousClip"_L1, tr("Pre&vious segment"), tr("Go to the previous row"), {},
                       Qt::CTRL | Qt::Key_Up);
    auditionFound = add("auditionFound"_L1, tr("&Audition found"),
                        tr("Listen to the clips found, one after another"), u"review"_s, Qt::Key_F5);
    keep =
        addJudging("keep"_L1, tr("&Keep"), tr("Keep this clip and go on to the next"), u"keep"_s, Qt::Key_K);
    reject = addJudging("reject"_L1, tr("&Reject"), tr("Reject this clip and go on to the next"), u"reject"_s,
                        Qt::Key_R);
    undecide = addJudging("undecide"_L1, tr("&Undecided"), tr("Take the verdict of this clip away"),
                          u"undecided"_s, Qt::Key_U);
    flag =
        addJudging("flag"_L1, tr("&Flag"), tr("Flag this clip, to look at it again"), u"flag"_s, Qt::Key_F);
    note =
        addJudging("note"_L1, tr("N&ote…"), tr("Write something down about this clip"), u"note"_s, Qt::Key_N);
    undoVerdict =
        add("undoVerdict"_L1, tr("Undo"), tr("Take back what was said last of a clip"), u"undo"_s, Qt::Key_Z);
    redoVerdict = add("redoVerdict"_L1, tr("Redo"), tr("Say again what was taken back"), u"redo"_s,
                      Qt::SHIFT | Qt::Key_Z);
    undoVerdict->setShortcuts({QKeySequence(Qt::Key_Z), QKeySequence(QKeySequence::Undo)});
    redoVerdict->setShortcuts({QKeySequence(Qt::SHIFT | Qt::Key_Z), QKeySequence(QKeySequence::Redo)});
    for (std::size_t label = 0; label < doubt.size(); ++label) {
        const auto number = static_cast<int>(label) + 1;
        doubt[label] = addJudging(QLatin1StringView(("doubt" + std::to_string(number)).c_str()),
                                  tr("Doubt label &%1").arg(number),
                                  tr("Doubt label %1 of this clip, or believe it again").arg(number), {},
                                  QKeySequence(Qt::Key_0 + number));
    }
    auditionNext = add("auditionNext"_L1, tr("Next clip"),
                       tr("In the audition: go on to the next clip and play it"), u"next"_s);
    auditionNext->setShortcuts({Qt::Key_Down, Qt::Key_Right});
    auditionPrevious = add("auditionPrevious"_L1, tr("Previous clip"),
                           tr("In the audition: go back to the clip before and play it"), u"previous"_s);
    auditionPrevious->setShortcuts({Qt::Key_Up, Qt::Key_Left});
    toStart = add("toStart"_L1, tr("To the start"), tr("In the audition: go to the start of the clip"), {},
                  Qt::Key_Home);
    openHeard = add("openHeard"_L1, tr("Open this clip in the browser"),
                    tr("In the audition: open the clip's video in the browser"), u"link"_s);
    openHeard->setShortcuts({Qt::Key_Return, Qt::CTRL | Qt::Key_B});
    leaveAudition = add("leaveAudition"_L1, tr("Back to the table"),
                        tr("Leave the audition; it goes on where it was"), u"previous"_s, Qt::Key_Escape);
    loop = addSwitch("loop"_L1, tr("&Loop"), tr("Play over and over; drag over the picture to loop a part"),
                     u"loop"_s, Qt::Key_L);
    slow = addSwitch("slow"_L1, tr("&Slow"), tr("Play at half the speed"), u"slow"_s, Qt::Key_S);
    keepPitch = addSwitch("keepPitch"_L1, tr("Keep the &pitch when slow"),
                          tr("Slow sound keeps its pitch, instead of being an octave lower"));
    commonLoudness =
        addSwitch("commonLoudness"_L1, tr("Common lou&dness"),
                  tr("Play all clips equally loud, at −23 LUFS as far as they can be"), u"gain"_s, Qt::Key_G);
    blind = addSwitch("blind"_L1, tr("&Hide labels"), tr("Hide the labels of a clip until it has a verdict"),
                      u"blind"_s, Qt::Key_H);
    soundOutput =
        add("soundOutput"_L1, tr("Sound ou&tput…"), tr("Choose where clips are played"), u"volume"_s);

    openInBrowser =
        add("openInBrowser"_L1, tr("Open in &browser"),
            tr("Open the videos of the selected rows in the browser, each at its segment's start"), u"link"_s,
            Qt::CTRL | Qt::Key_B);

    sortByColumn = add("sortByColumn"_L1, tr("Sort by this &column"),
                       tr("Sort by the current column: ascending, descending, as in the file"), {},
                       Qt::CTRL | Qt::Key_T);
    columnLeft = add("columnLeft"_L1, tr("Move column &left"), tr("Move the current column to the left"), {},
                     Qt::ALT | Qt::SHIFT | Qt::Key_Left);
    columnRight = add("columnRight"_L1, tr("Move column &right"), tr("Move the current column to the right"),
                      {}, Qt::ALT | Qt::SHIFT | Qt::Key_Right);

    exportManifest = add("exportManifest"_L1, tr("&Export manifest"),
                         tr("Write manifest.json of all ready clips but rejected ones into the workspace"),
                         u"export"_s, Qt::CTRL | Qt::Key_E);
    exportAs = add("exportAs"_L1, tr("Export &as…"),
                   tr("Choose clips, format, labels and parts, look at the first lines, and write them"),
                   u"export"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    exportCoverage =
        add("exportCoverage"_L1, tr("&Coverage report…"),
            tr("Write what was asked for, what came and what is missing by reason, for a paper's appendix"));
    exportMissing = add("exportMissing"_L1, tr("&List of missing clips…"),
                        tr("Write every failed, missing or damaged clip, with its labels and why, as CSV"));

    keys = add("keys"_L1, tr("&Keys…"), tr("Show all keys, and change them"), u"keyboard"_s);
    keys->setShortcuts({Qt::Key_Question, Qt::Key_F1});
    about =
        add("about"_L1, tr("&About Earmark"), tr("What Earmark is, and which version this is"), u"info"_s);

    for (const QAction *action : m_all)
        m_defaultKeys.insert(action, action->shortcuts());
}

void Actions::setKeys(const QMap<QString, QString> &own)
{
    for (QAction *action : m_all) {
        if (const auto found = own.constFind(action->objectName()); found != own.cend())
            action->setShortcuts(QKeySequence::listFromString(*found, QKeySequence::PortableText));
    }
}

QAction *Actions::addJudging(QLatin1StringView name, const QString &text, const QString &explanation,
                             const QString &iconName, const QKeySequence &shortcut)
{
    QAction *action = add(name, text, explanation, iconName, shortcut);
    action->setAutoRepeat(false); // a key that is held does not judge clip after clip
    return action;
}

QAction *Actions::addSwitch(QLatin1StringView name, const QString &text, const QString &explanation,
                            const QString &iconName, const QKeySequence &shortcut)
{
    QAction *action = addJudging(name, text, explanation, iconName, shortcut);
    action->setCheckable(true);
    return action;
}

QAction *Actions::add(QLatin1StringView name, const QString &text, const QString &explanation,
                      const QString &iconName, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(shortcut);
    action->setStatusTip(explanation);
    action->setToolTip(explanation);
    m_all.push_back(action);
    return action;
}

} // namespace earmark::ui
