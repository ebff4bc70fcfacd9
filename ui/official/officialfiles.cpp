#include "ui/official/officialfiles.h"

#include "session/session.h"
#include "ui/files/opencontroller.h"
#include "ui/official/officialpage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"

#include <QFileInfo>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using official::Kind;
using official::OfficialStore;

OfficialFiles::OfficialFiles(session::Session &session, Settings &settings, OpenController &files,
                             ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_files(files)
    , m_window(window)
{
    actions.add("official.officialFiles"_L1, tr("Official &files…"),
                tr("Fetch AudioSet's own splits, label map, ontology and ratings"), u"download"_s,
                {Qt::CTRL | Qt::SHIFT | Qt::Key_O}, this, &OfficialFiles::showPage);
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
        if (QFileInfo::exists(path))
            useAtOnce(file.kind, path);
    }
}

void OfficialFiles::showPage()
{
    if (!m_store) {
        m_store = std::make_unique<OfficialStore>(OfficialStore::folderIn(m_settings.dataFolder()),
                                                  m_settings.officialAddresses());
        connect(m_store.get(), &OfficialStore::fetched, this, [this](std::size_t index) {
            useAtOnce(m_store->entries()[index].file->kind, m_store->path(index));
        });
    }
    if (!m_page) {
        m_page = new OfficialPage(*m_store, m_settings, m_window);
        // What comes of it is seen in the window: the file being read, its rows, or a message.
        connect(m_page, &OfficialPage::useRequested, this, [this](const QString &path) {
            m_page->close();
            m_window->activateWindow();
            m_files.open(path);
        });
    }
    m_page->show();
    m_page->raise();
    m_page->activateWindow();
}

/// What goes with every split needs nobody to choose it.
void OfficialFiles::useAtOnce(Kind kind, const QString &path)
{
    if (kind == Kind::Ontology)
        m_session.openOntology(path);
    else if (kind == Kind::Ratings)
        m_session.openRatings(path);
}

} // namespace earmark::ui
