#include "support/playedytdlp.h"

#include "support/resulttest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Program = R"(#!/usr/bin/env python3
import json, os, shutil, signal, sys, time

folder = os.path.dirname(os.path.abspath(sys.argv[0]))
first = True
for line in iter(sys.stdin.readline, ''):
    job = json.loads(line)
    ytid = job['job'][1:12]
    with open(folder + '/asked', 'a') as asked:
        asked.write(ytid + '\n')
    with open(folder + '/asked') as asked:
        times = asked.read().split().count(ytid)
    with open(folder + '/play.json') as file:
        play = json.load(file)
    answers = play['videos'].get(ytid, [play['default']])
    answer = answers[min(times, len(answers)) - 1]
    for text in (play['start'] if first else []) + answer['lines']:
        print(text, flush=True)
    first = False
    time.sleep(answer['sleeps'])
    mark = '@' + job['mark'] + ' '
    if answer['end'] == 1:
        sys.exit(1)
    if answer['end'] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if answer['end'] == 3:
        time.sleep(1000)
    if answer['sound']:
        facts = {'title': job['job'], 'section_start': job['start'], 'section_end': job['end'], 'format_id': '140'}
        if answer['duration']:
            facts['duration'] = answer['duration']
        print('\n' + mark + 'START ' + json.dumps(facts), flush=True)
        shutil.copy(answer['sound'], job['job'] + '.mka')
        print('\n' + mark + 'DONE ' + json.dumps({'title': job['job']}), flush=True)
    print('\n' + mark + 'END ' + job['job'], flush=True)
)";

QJsonObject json(const Played &played)
{
    return {{u"lines"_s, QJsonArray::fromStringList(played.lines)},
            {u"sound"_s, played.sound},
            {u"duration"_s, played.duration},
            {u"sleeps"_s, played.sleeps},
            {u"end"_s, static_cast<int>(played.end)}};
}

} // namespace

PlayedYtdlp::PlayedYtdlp(QString folder)
    : m_folder(std::move(folder))
{
    writeFile(program(), Program);
    writeFile(m_folder + u"/asked"_s, {});
    QFile::setPermissions(program(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    write();
}

void PlayedYtdlp::play(const QString &ytid, const QList<Played> &answers)
{
    m_answers.insert(ytid, answers);
    write();
}

void PlayedYtdlp::play(const QHash<QString, QList<Played>> &answers)
{
    m_answers = answers;
    write();
}

void PlayedYtdlp::play(const Played &answer)
{
    m_default = answer;
    write();
}

void PlayedYtdlp::playAtStart(const QStringList &lines)
{
    m_atStart = lines;
    write();
}

QStringList PlayedYtdlp::asked() const
{
    return QString::fromUtf8(readFile(m_folder + u"/asked"_s)).split(u'\n', Qt::SkipEmptyParts);
}

void PlayedYtdlp::write() const
{
    QJsonObject videos;
    for (auto video = m_answers.cbegin(); video != m_answers.cend(); ++video) {
        QJsonArray answers;
        for (const Played &each : *video)
            answers += json(each);
        videos.insert(video.key(), answers);
    }
    const QJsonObject play{{u"videos"_s, videos},
                           {u"default"_s, json(m_default)},
                           {u"start"_s, QJsonArray::fromStringList(m_atStart)}};
    // Whole at any moment: somebody may be reading it.
    const QString finished = m_folder + u"/play.json"_s;
    writeFile(finished + u".new"_s, QJsonDocument(play).toJson());
    std::rename(QFile::encodeName(finished + u".new"_s).constData(), QFile::encodeName(finished).constData());
}

} // namespace earmark::test
