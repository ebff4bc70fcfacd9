#include "ui/official/officialfiles.h"

#include "ui/actions.h"
#include "ui/files.h"
#include "ui/official/officialpage.h"
#include "ui/session.h"
#include "ui/settings.h"

#include <QAction>
#include <QFileInfo>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using official::Kind;
using official::OfficialStore;

namespace {

/// What goes with every split, and needs nobody to choose it.
bool isUsedAtOnce(Kind kind)
{
    return kind == Kind::Ontology || kind == Kind::Ratings;
}

} // namespace

OfficialFiles::OfficialFiles(Session &session, Settings &settings, Files &files, Actions &actions,
                             QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_files(files)
    , m_window(window)
{
    connect(actions.officialFiles, &QAction::triggered, this, &OfficialFiles::showPage);
}

OfficialFiles::~OfficialFiles()
{
    delete m_page; // it shows the store
}

void OfficialFiles::begin()
{
    const QString folder = OfficialStore::folderIn(m_settings.dataFolder());
    for (const official::OfficialFile &file : official::catalogue()) {
        const QString path = folder + u'/' + file.fileName;
        if (isUsedAtOnce(file.kind) && QFileInfo::exists(path))
            use(file, path);
    }
}

void OfficialFiles::showPage()
{
    if (!m_store) {
        m_store = std::make_unique<OfficialStore>(OfficialStore::folderIn(m_settings.dataFolder()),
                                                  m_settings.officialAddresses());
        connect(m_store.get(), &OfficialStore::fetched, this, [this](std::size_t index) {
            const official::OfficialFile &file = *m_store->entries()[index].file;
            if (isUsedAtOnce(file.kind))
                use(file, m_store->path(index));
        });
    }
    if (!m_page) {
        m_page = new OfficialPage(*m_store, m_settings, m_window);
        connect(m_page, &OfficialPage::useRequested, this,
                [this](const official::OfficialFile &file, const QString &path) {
                    use(file, path);
                    if (file.kind == Kind::Segments)
                        m_page->close();
                    else
                        m_page->say(tr("Earmark now uses %1.").arg(file.fileName));
                });
    }
    m_page->show();
    m_page->raise();
    m_page->activateWindow();
}

void OfficialFiles::use(const official::OfficialFile &file, const QString &path)
{
    switch (file.kind) {
    case Kind::Segments:
        m_files.openSplit(path);
        break;
    case Kind::Labels:
        m_session.openLabels(path);
        break;
    case Kind::Ontology:
        m_session.openOntology(path);
        break;
    case Kind::Ratings:
        m_session.openRatings(path);
        break;
    }
}

} // namespace earmark::ui
