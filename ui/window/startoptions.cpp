#include "ui/window/startoptions.h"

#include "ui/settings/settings.h"
#include "ytdlp/source.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QTextStream>

#include <cstdlib>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuse(const QString &reason)
{
    QTextStream(stderr) << "earmark: " << reason << "\nTry earmark --help.\n";
    std::exit(2);
}

QCommandLineOption hidden(const QString &name, const QString &value)
{
    QCommandLineOption option(name, {}, value);
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    return option;
}

} // namespace

StartOptions readStartOptions(const QStringList &arguments)
{
    const QCommandLineOption demo(u"demo"_s,
                                  u"Try Earmark without the network: the sample split, and a source on this "
                                  "computer that makes up the sound."_s);
    const QCommandLineOption into(u"into"_s, u"Keep the clips in this folder."_s, u"DIR"_s);
    const QCommandLineOption source(
        u"source"_s, u"Where the videos are: an address with {ytid} in it. YouTube when not given."_s,
        u"TEMPLATE"_s);
    const QCommandLineOption labels(u"labels"_s, u"Take the class names from this file."_s, u"FILE"_s);
    const QCommandLineOption colours(u"colours"_s, u"light, dark or system."_s, u"SCHEME"_s);
    const QCommandLineOption screenshot = hidden(u"screenshot"_s, u"FILE"_s);
    const QCommandLineOption screenshotAfter = hidden(u"screenshot-after"_s, u"COUNT"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Build audio datasets out of AudioSet."_s);
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    parser.addOptions({demo, into, source, labels, colours, screenshot, screenshotAfter});
    parser.addPositionalArgument(u"split"_s, u"The split to open, such as balanced_train_segments.csv."_s,
                                 u"[SPLIT]"_s);
    if (!parser.parse(arguments))
        refuse(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp();
    if (parser.isSet(version))
        parser.showVersion();
    if (parser.positionalArguments().size() > 1)
        refuse(u"One split at a time, please."_s);

    StartOptions options;
    options.split = absolutePath(parser.positionalArguments().value(0));
    options.labels = absolutePath(parser.value(labels));
    options.workspace = absolutePath(parser.value(into));
    options.source = parser.value(source);
    options.demo = parser.isSet(demo);
    options.screenshot = absolutePath(parser.value(screenshot));
    if (parser.isSet(screenshotAfter))
        options.screenshotAfter = parser.value(screenshotAfter).toLongLong();
    if (parser.isSet(colours)) {
        options.scheme = schemeFromKeyword(parser.value(colours));
        if (!options.scheme)
            refuse(u"--colours takes light, dark or system."_s);
    }
    if (options.demo && !options.source.isEmpty())
        refuse(u"--demo has a source of its own: leave --source away."_s);
    if (!options.source.isEmpty()) {
        if (const QString problem = ytdlp::Source(options.source).problem(); !problem.isEmpty())
            refuse(problem);
    }
    return options;
}

} // namespace earmark::ui
