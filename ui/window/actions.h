#pragma once

#include <QHash>
#include <QKeySequence>
#include <QMap>
#include <QObject>

#include <array>
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
    QAction *checkClips;
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
    QAction *downloadAgain;
    QAction *pause;
    QAction *stop;
    QAction *retryFailed;
    QAction *showLog;
    QAction *downloadSettings;
    QAction *tools;

    QAction *auditionFound;
    QAction *keep;
    QAction *reject;
    QAction *undecide;
    QAction *flag;
    QAction *note;
    QAction *undoVerdict;
    QAction *redoVerdict;
    std::array<QAction *, 9> doubt; ///< the n-th label
    QAction *auditionNext;
    QAction *auditionPrevious;
    QAction *toStart;
    QAction *openHeard;
    QAction *leaveAudition;
    QAction *loop;
    QAction *slow;
    QAction *keepPitch;
    QAction *commonLoudness;
    QAction *blind;
    QAction *soundOutput;

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
    /// The keys that an action comes with.
    QList<QKeySequence> defaultKeys(const QAction &action) const { return m_defaultKeys.value(&action); }
    /// Gives actions other keys, by their names, as the person wanted it.
    void setKeys(const QMap<QString, QString> &own);

private:
    /// `name` is that of the member, by which its keys are remembered; `explanation` is shown in tool tips
    /// and read out.
    QAction *add(QLatin1StringView name, const QString &text, const QString &explanation,
                 const QString &iconName = {}, const QKeySequence &shortcut = {});
    /// Once for each time the key is pressed.
    QAction *addJudging(QLatin1StringView name, const QString &text, const QString &explanation,
                        const QString &iconName, const QKeySequence &shortcut);
    /// On or off.
    QAction *addSwitch(QLatin1StringView name, const QString &text, const QString &explanation,
                       const QString &iconName = {}, const QKeySequence &shortcut = {});

    std::vector<QAction *> m_all;
    QHash<const QAction *, QList<QKeySequence>> m_defaultKeys;
};

} // namespace earmark::ui
