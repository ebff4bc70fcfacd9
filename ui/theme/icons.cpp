#include "ui/theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

QString fileOf(const QString &name)
{
    return u":/earmark/icons/"_s + name + u".svg"_s;
}

class TextColourEngine final : public QIconEngine
{
public:
    explicit TextColourEngine(QString name)
        : m_name(std::move(name))
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        const int size = std::min(rect.width(), rect.height());
        const QPoint corner = rect.center() - QPoint(size / 2 - 1, size / 2 - 1);
        painter->drawPixmap(QRect(corner, QSize(size, size)), iconPixmap(m_name, colour(mode), size, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, colour(mode), std::min(size.width(), size.height()), 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return iconPixmap(m_name, colour(mode),
                          static_cast<int>(std::min(size.width(), size.height()) / scale), scale);
    }
    QIconEngine *clone() const override { return new TextColourEngine(*this); }

private:
    static QColor colour(QIcon::Mode mode)
    {
        const QPalette palette = QApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        return palette.color(mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    return QIcon(new TextColourEngine(name));
}

QPixmap iconPixmap(const QString &name, const QColor &colour, int size, qreal pixelRatio)
{
    const QString key = u"earmark/%1/%2/%3/%4"_s.arg(name, colour.name()).arg(size).arg(pixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(fileOf(name));
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
    pixmap = QPixmap(QSize(size, size) * pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon programIcon()
{
    return QIcon(fileOf(u"earmark"_s));
}

} // namespace earmark::ui
