#include "ui/widgets/mnemonics.h"

#include <QMenu>
#include <QSet>

namespace earmark::ui {

namespace {

/// Where a mnemonic could be put; -1 when all characters are taken.
qsizetype placeFor(const QString &text, const QSet<QChar> &taken)
{
    qsizetype within = -1;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!text[at].isLetterOrNumber() || taken.contains(text[at].toLower()))
            continue;
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return at;
        if (within < 0)
            within = at;
    }
    return within;
}

} // namespace

QChar mnemonicOf(const QString &text)
{
    for (qsizetype at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != u'&')
            continue;
        if (text[at + 1] != u'&')
            return text[at + 1].toLower();
        ++at; // "&&" stands for the character itself
    }
    return {};
}

void addMnemonics(QMenu &menu)
{
    QSet<QChar> taken;
    for (const QAction *action : menu.actions())
        taken.insert(mnemonicOf(action->text()));
    for (QAction *action : menu.actions()) {
        if (action->isSeparator() || !mnemonicOf(action->text()).isNull())
            continue;
        QString text = action->text();
        if (const qsizetype at = placeFor(text, taken); at >= 0) {
            taken.insert(text[at].toLower());
            action->setText(text.insert(at, u'&'));
        }
    }
}

} // namespace earmark::ui
