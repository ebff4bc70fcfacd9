#include "dataset/segmentfile.h"

#include "dataset/listreader.h"
#include "dataset/manifestreader.h"

namespace earmark::dataset {

using namespace Qt::StringLiterals;

Result<Split> readSegments(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    const auto form = readForm(path);
    if (!form)
        return tl::unexpected(form.error());
    const auto refuse = [&path](const QString &sentence) {
        return failure(ErrorCode::BadInput, sentence.arg(path));
    };
    switch (form->kind) {
    case FileKind::Split:
        break;
    case FileKind::StrongLabels:
    case FileKind::FramedLabels:
    case FileKind::List:
        return readList(path, *form, std::move(stop), progress);
    case FileKind::Manifest:
        return readManifest(path, std::move(stop), progress);
    case FileKind::LabelFile:
        return refuse(
            u"%1 is a label file: it names classes and holds no segment. Open it with File → Open label file (earmark-cli: --labels)."_s);
    case FileKind::Ontology:
        return refuse(
            u"%1 is AudioSet's ontology and holds no segment. Drop it on the window to use it (earmark-cli: --ontology)."_s);
    case FileKind::QualityRatings:
        return refuse(
            u"%1 holds AudioSet's quality ratings and no segment. Drop it on the window to use it (earmark-cli: --quality)."_s);
    }
    return readSplit(path, std::move(stop), progress);
}

} // namespace earmark::dataset
