#pragma once

#include <QKeySequence>
#include <QObject>

#include <vector>

class QAction;

namespace earmark::ui {

/// Everything a person can tell the window to do. Who carries an action out connects to it; menus, buttons,
/// shortcuts and the list of keys are made from the same action, so that they never differ.
class Actions final : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent);

    QAction *openSplit;
    QAction *openSample;
    QAction *officialFiles;
    QAction *openLabels;
    QAction *builtInLabels;
    QAction *chooseWorkspace;
    QAction *showWorkspace;
    QAction *quit;

    QAction *find;
    QAction *clearFilter;
    QAction *selectAll;
    QAction *selectNone;
    QAction *invertSelection;
    QAction *selectByQuery;
    QAction *sample;
    QAction *likeThis;
    QAction *likeLabels;
    QAction *likeVideo;
    QAction *likeState;
    QAction *findLabel;
    QAction *copyLines;
    QAction *copyIds;
    QAction *copyAddresses;

    QAction *downloadSelected;
    QAction *downloadFound;
    QAction *cancelSelected;
    QAction *retrySelected;
    QAction *pause;
    QAction *stop;
    QAction *retryFailed;
    QAction *showLog;
    QAction *downloadSettings;
    QAction *tools;

    QAction *play;
    QAction *nextClip;
    QAction *previousClip;
    QAction *openInBrowser;

    QAction *sortByColumn;
    QAction *columnLeft;
    QAction *columnRight;

    QAction *exportManifest;
    QAction *exportAs;
    QAction *exportCoverage;
    QAction *exportMissing;

    QAction *keys;
    QAction *about;

    /// All of them, as they appear in the menus.
    const std::vector<QAction *> &all() const { return m_all; }

private:
    /// `explanation` is shown in tool tips and read out.
    QAction *add(const QString &text, const QString &explanation, const QString &iconName = {},
                 const QKeySequence &shortcut = {});

    std::vector<QAction *> m_all;
};

} // namespace earmark::ui
