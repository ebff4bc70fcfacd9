#include "ui/actions.h"

#include "ui/theme/icons.h"

#include <QAction>

namespace earmark::ui {

using namespace Qt::StringLiterals;

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    openSplit = add(tr("&Open split…"),
                    tr("Open a list of segments: a split such as balanced_train_segments.csv, strong labels, "
                       "VGGSound, AudioCaps, MusicCaps, or a former manifest.json"),
                    u"open"_s, QKeySequence::Open);
    openSample = add(tr("Open the &sample"), tr("Open the sample that comes with Earmark"), u"sample"_s);
    officialFiles =
        add(tr("Official &files…"), tr("Fetch AudioSet's own splits, label map, ontology and ratings"),
            u"download"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    openLabels =
        add(tr("Open &label file…"), tr("Take class names from a file, such as class_labels_indices.csv"),
            u"labels"_s, Qt::CTRL | Qt::Key_L);
    builtInLabels = add(tr("Use &built-in labels"), tr("Take class names from Earmark's own table"));
    chooseWorkspace = add(tr("Choose &workspace folder…"),
                          tr("Choose where the clips of this split are kept"), u"folder"_s);
    showWorkspace = add(tr("Show wor&kspace folder"), tr("Show the clips in the file manager"));
    quit = add(tr("&Quit"), tr("Close Earmark; downloads go on the next time"), u"close"_s,
               Qt::CTRL | Qt::Key_Q); // QKeySequence::Quit is no key at all on some desktops

    find = add(tr("&Filter"), tr("Go to the filter"), u"search"_s, QKeySequence::Find);
    clearFilter = add(tr("Show &everything"), tr("Clear the filter"), {}, Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    selectAll =
        add(tr("Select &all"), tr("Select all rows that the filter finds"), {}, QKeySequence::SelectAll);
    selectNone = add(tr("Select &none"), tr("Select no row"), {}, Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    invertSelection = add(tr("In&vert selection"), tr("Select the rows found that are not selected"), {},
                          Qt::CTRL | Qt::Key_I);
    selectByQuery = add(tr("Select by &query…"), tr("Select those of the rows found that fit another query"),
                        {}, Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    likeThis =
        add(tr("Show only rows &like this"), tr("Show only what has something in common with this row"), {},
            Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    sample = add(tr("Sa&mple…"), tr("Choose some of the rows found by chance, so many for each class"), {},
                 Qt::CTRL | Qt::Key_M);
    likeLabels = add(tr("With the same &labels"), tr("Show only rows with exactly the labels of this row"));
    likeVideo = add(tr("Of the same &video"), tr("Show only segments of this row's video"));
    likeState = add(tr("In the same &state"),
                    tr("Show only rows in the state of this row, failed for the same reason"));
    findLabel = add(tr("Find &label"), tr("Go to the search of the label panel"), u"labels"_s,
                    Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    copyLines = add(tr("&Copy rows"), tr("Copy the selected rows as lines of a split"), u"copy"_s,
                    QKeySequence::Copy);
    copyIds = add(tr("Copy &ids"), tr("Copy the video ids of the selected rows"), {},
                  Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    copyAddresses = add(tr("Copy &addresses"), tr("Copy the videos' addresses, each at its segment's start"));

    downloadSelected = add(tr("&Download selected"), tr("Download the clips of the selected rows"),
                           u"download"_s, Qt::CTRL | Qt::Key_D);
    downloadFound = add(tr("Download &found"), tr("Download the clips of all rows that the filter finds"),
                        u"downloadall"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_D);
    cancelSelected = add(tr("&Cancel selected"), tr("Take the selected clips out of the queue"), u"close"_s,
                         Qt::Key_Delete);
    retrySelected =
        add(tr("&Retry selected"), tr("Try those of the selected clips again that failed"), u"retry"_s);
    pause = add(tr("&Pause"), tr("Begin no new downloads; finish those that run"), u"pause"_s,
                Qt::CTRL | Qt::Key_P);
    stop = add(tr("&Stop"), tr("End all downloads now and empty the queue"), u"stop"_s);
    retryFailed = add(tr("Retry f&ailed"), tr("Try again what failed and may work now"), u"retry"_s,
                      Qt::CTRL | Qt::Key_R);
    showLog = add(tr("Show lo&g…"), tr("Show what yt-dlp said for the current row's download"), {},
                  Qt::CTRL | Qt::Key_J);
    downloadSettings = add(tr("Download s&ettings…"),
                           tr("How fast and from where clips are downloaded, with which cookies and proxy"),
                           u"settings"_s, Qt::CTRL | Qt::Key_Comma);
    tools = add(tr("&Tools…"), tr("Look at yt-dlp, ffmpeg and the JavaScript runtime; update yt-dlp"), {},
                Qt::CTRL | Qt::SHIFT | Qt::Key_T);

    play = add(tr("&Play or pause"), tr("Play or pause the current clip"), u"play"_s, Qt::Key_Space);
    nextClip = add(tr("&Next segment"), tr("Go to the next row"), {}, Qt::CTRL | Qt::Key_Down);
    previousClip = add(tr("Pre&vious segment"), tr("Go to the previous row"), {}, Qt::CTRL | Qt::Key_Up);
    openInBrowser =
        add(tr("Open in &browser"),
            tr("Open the videos of the selected rows in the browser, each at its segment's start"), u"link"_s,
            Qt::CTRL | Qt::Key_B);

    sortByColumn = add(tr("Sort by this &column"),
                       tr("Sort by the current column: ascending, descending, as in the file"), {},
                       Qt::CTRL | Qt::Key_T);
    columnLeft = add(tr("Move column &left"), tr("Move the current column to the left"), {},
                     Qt::ALT | Qt::SHIFT | Qt::Key_Left);
    columnRight = add(tr("Move column &right"), tr("Move the current column to the right"), {},
                      Qt::ALT | Qt::SHIFT | Qt::Key_Right);

    exportManifest =
        add(tr("&Export manifest"), tr("Write manifest.json of the ready clips into the workspace"),
            u"export"_s, Qt::CTRL | Qt::Key_E);
    exportAs = add(tr("Export manifest &as…"), tr("Write the manifest of the ready clips to another file"),
                   {}, Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    exportCoverage =
        add(tr("&Coverage report…"),
            tr("Write what was asked for, what came and what is missing by reason, for a paper's appendix"));
    exportMissing =
        add(tr("&List of missing clips…"), tr("Write every failed clip, with its labels and why, as CSV"));

    keys = add(tr("&Keys"), tr("Show all keyboard shortcuts"), u"keyboard"_s, Qt::Key_F1);
    about = add(tr("&About Earmark"), tr("What Earmark is, and which version this is"), u"info"_s);
}

QAction *Actions::add(const QString &text, const QString &explanation, const QString &iconName,
                      const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(shortcut);
    action->setStatusTip(explanation);
    action->setToolTip(explanation);
    m_all.push_back(action);
    return action;
}

} // namespace earmark::ui
