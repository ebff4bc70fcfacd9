/// earmark-bench-proxy: the model that Qt's examples make, behind QSortFilterProxyModel. Its removal of
/// scattered rows is quadratic: give it a fifth of the rows, or minutes.
///
///   earmark-bench-proxy SPLIT

#include "bench/measure.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QStringList>
#include <QTableView>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

class Segments final : public QAbstractTableModel
{
    Q_OBJECT

public:
    bool read(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        QTextStream text(&file);
        while (!text.atEnd()) {
            const QString line = text.readLine();
            if (!line.startsWith(u'#'))
                m_rows.append(line.split(u", "_s));
        }
        return true;
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 4; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? m_rows[index.row()][index.column()] : QVariant();
    }

private:
    QList<QStringList> m_rows;
};

/// Until the view shows what the filter lets through.
void ask(QSortFilterProxyModel &proxy, std::string_view what, int column, const QString &pattern)
{
    proxy.setFilterKeyColumn(column);
    const double cpu = bench::timed([&] {
        proxy.setFilterRegularExpression(QRegularExpression(pattern));
        QCoreApplication::processEvents();
    });
    std::uint64_t sum = 0;
    for (int row = 0; row < proxy.rowCount(); ++row)
        sum += static_cast<std::uint64_t>(proxy.mapToSource(proxy.index(row, 0)).row());
    bench::tell(what, cpu, static_cast<std::size_t>(proxy.rowCount()), sum);
    const double back = bench::timed([&] {
        proxy.setFilterRegularExpression(QString());
        QCoreApplication::processEvents();
    });
    bench::tell(std::string("clear ").append(what), back, static_cast<std::size_t>(proxy.rowCount()), 0);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    if (argc != 2) {
        std::fputs("usage: earmark-bench-proxy SPLIT\n", stderr);
        return 2;
    }
    const auto before = bench::Memory::now();
    Segments segments;
    QSortFilterProxyModel proxy;
    bool read = false;
    const double cpu = bench::timed([&] {
        read = segments.read(QString::fromLocal8Bit(argv[1]));
        proxy.setSourceModel(&segments);
        proxy.rowCount();
    });
    if (!read) {
        std::fputs("earmark-bench-proxy: the split cannot be read\n", stderr);
        return 1;
    }
    bench::tellOpen(cpu, before, static_cast<std::size_t>(segments.rowCount()));

    QTableView view;
    view.setModel(&proxy);
    view.verticalHeader()->hide();
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.resize(1280, 800);
    view.show();
    QCoreApplication::processEvents();
    ask(proxy, "id/proxy", 0, u"aB3"_s);
    ask(proxy, "label/proxy", 3, u"[\",]/m/07yv9[\",]"_s);
    return 0;
}

#include "proxy.moc"
