#include "verify/adopt.h"

#include "audio/pcm.h"
#include "base/format.h"
#include "clips/lifecycle.h"

#include <QDirIterator>

#include <functional>

namespace earmark::verify {

using namespace Qt::StringLiterals;
using workspace::ClipFormat;
using workspace::Layout;
using workspace::Workspace;

namespace {

// AAC's packets are 1024 samples: 23 ms at 44.1 kHz. What is longer begins too early, at the cue before the
// segment, and then nobody knows where.
constexpr qint64 LongestTailMs = 24;

/// All WAVs in processed/ that are named like clips.
void forEachWav(const Layout &layout, const std::function<void(const SegmentKey &, const QString &)> &visit)
{
    QDirIterator files(layout.processed(), {u"*.wav"_s}, QDir::Files);
    while (files.hasNext()) {
        const QString path = files.next();
        if (const auto key = SegmentKey::fromStem(files.fileName().chopped(4)))
            visit(*key, path);
    }
}

/// Of the files in processed/ that can be read; nothing when there are none.
std::optional<ClipFormat> usualFormat(const Layout &layout)
{
    std::map<std::pair<int, int>, qint64> counts;
    forEachWav(layout, [&counts](const SegmentKey &, const QString &path) {
        const auto info = audio::readWavInfo(path);
        if (info && info->sampleRate >= 8'000 && info->sampleRate <= 192'000 && info->channels <= 2)
            ++counts[{info->sampleRate, info->channels}];
    });
    if (counts.empty())
        return std::nullopt;
    const auto most = std::ranges::max_element(counts, {}, [](const auto &each) { return each.second; });
    return ClipFormat{most->first.first, most->first.second};
}

} // namespace

WavInspection appraise(const QString &path, const ClipFormat &format, const SegmentKey &key)
{
    const auto info = audio::readWavInfo(path);
    if (!info)
        return {WavInspection::Worth::Useless, 0, u"cannot be read"_s};
    const auto useless = [&info](const QString &why) {
        return WavInspection{WavInspection::Worth::Useless, info->frames, why};
    };
    if (info->missing > 0)
        return useless(u"cut off"_s);
    if (info->sampleRate != format.sampleRate)
        return useless(u"at another sample rate"_s);
    if (info->channels != format.channels)
        return useless(u"with another number of channels"_s);
    const qint64 wanted = key.samples(format.sampleRate);
    // Nothing tells a video that ends from a download that broke off.
    if (info->frames < wanted)
        return useless(u"too short"_s);
    if (info->frames > wanted + LongestTailMs * format.sampleRate / 1000)
        return useless(u"too long"_s);
    return {info->frames == wanted ? WavInspection::Worth::Whole : WavInspection::Worth::TooLong,
            info->frames,
            {}};
}

Result<std::unique_ptr<Workspace>> openWorkspace(const QString &folder)
{
    auto opened = Workspace::open(folder);
    if (!opened || !(*opened)->isMadeAnew())
        return opened;
    Workspace &workspace = **opened;
    if (workspace.clips().size() == 0) {
        if (const auto usual = usualFormat(workspace.layout()))
            workspace.setFormat(*usual);
    }
    std::vector<std::pair<SegmentKey, Clip>> found;
    forEachWav(workspace.layout(), [&](const SegmentKey &key, const QString &path) {
        Clip record = workspace.record(key);
        if (isPlayable(record.progress.state))
            return;
        const WavInspection appraisal = appraise(path, workspace.format(), key);
        if (appraisal.worth != WavInspection::Worth::Whole)
            return;
        if (!lifecycle::finish(record,
                               {.samples = appraisal.frames, .sampleRate = workspace.format().sampleRate}))
            return;
        record.progress.changedAt = QFileInfo(path).lastModified().toMSecsSinceEpoch();
        found.emplace_back(key, record);
    });
    workspace.adopt(found);
    return opened;
}

FolderScan survey(const Workspace &workspace)
{
    FolderScan survey;
    if (workspace.counts()[ClipState::Queued] == 0)
        return survey;
    const auto isQueued = [&workspace](const SegmentKey &key) {
        const auto known = workspace.clips().find(key);
        return known && workspace.clips().status(*known).state == ClipState::Queued;
    };
    forEachWav(workspace.layout(), [&](const SegmentKey &key, const QString &path) {
        if (!isQueued(key))
            return;
        const WavInspection appraisal = appraise(path, workspace.format(), key);
        if (appraisal.worth == WavInspection::Worth::Useless)
            ++survey.useless[appraisal.why];
        else
            ++survey.usable;
    });
    QDirIterator sections(workspace.layout().downloaded(), {u"*.m4a"_s}, QDir::Files);
    while (sections.hasNext()) {
        sections.next();
        const auto key = SegmentKey::fromStem(sections.fileName().chopped(4));
        survey.sections += key && isQueued(*key) ? 1 : 0;
    }
    return survey;
}

QString surveyText(const FolderScan &survey)
{
    QStringList parts;
    if (survey.usable > 0)
        parts.append(
            u"%1 clips lie in processed already and are taken as they are"_s.arg(countText(survey.usable)));
    if (!survey.useless.empty()) {
        qint64 count = 0;
        QStringList reasons;
        for (const auto &[why, howMany] : survey.useless) {
            count += howMany;
            reasons.append(u"%1 %2"_s.arg(countText(howMany), why));
        }
        parts.append(u"%1 are made anew (%2)"_s.arg(countText(count), reasons.join(u", "_s)));
    }
    if (survey.sections > 0)
        parts.append(
            u"%1 sections in downloaded are not used: an .m4a file does not say where in the video it begins"_s
                .arg(countText(survey.sections)));
    return parts.isEmpty() ? QString() : parts.join(u"; "_s) + u'.';
}

} // namespace earmark::verify
