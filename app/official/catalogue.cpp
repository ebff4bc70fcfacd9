#include "official/catalogue.h"

#include <algorithm>

namespace earmark::official {

using namespace Qt::StringLiterals;

const std::vector<OfficialFile> &catalogue()
{
    static const QString dataset = u"CC BY 4.0"_s;
    static const QString ontology = u"CC BY-SA 4.0"_s;
    static const std::vector<OfficialFile> files{
        {u"eval"_s, u"eval_segments.csv"_s, u"v1/csv/eval_segments.csv"_s, u"Evaluation split"_s,
         u"Segments to measure a model on, at least 59 of each class."_s, dataset, Kind::Segments, 1'143'389,
         20'371},
        {u"balanced"_s, u"balanced_train_segments.csv"_s, u"v1/csv/balanced_train_segments.csv"_s,
         u"Balanced training split"_s,
         u"Segments to train with, chosen so that every class has at least 59."_s, dataset, Kind::Segments,
         1'211'931, 22'160, "3b83e5ff9ed72cfda37d4e36ce08250e107c1ea70f109f6ab6668ac200db5e94"},
        {u"unbalanced"_s, u"unbalanced_train_segments.csv"_s, u"v1/csv/unbalanced_train_segments.csv"_s,
         u"Unbalanced training split"_s, u"All other segments to train with: about 101 MB."_s, dataset,
         Kind::Segments, -1, 2'041'789},
        {u"labels"_s, u"class_labels_indices.csv"_s, u"v1/csv/class_labels_indices.csv"_s, u"Label map"_s,
         u"Number, id and name of each of the 527 classes; Earmark knows them without it."_s, dataset,
         Kind::Labels, 14'675, 527, "cdd1049833c4b86127c2773ac0d14a2754b6a6d0d1798002ed5c66e699708429"},
        {u"ontology"_s,
         u"ontology.json"_s,
         {},
         u"Ontology"_s,
         u"The tree of all 632 classes with a description of each; used as soon as it is there."_s,
         ontology,
         Kind::Ontology,
         342'780,
         632,
         "9c685f4403eecc3ca9be37fd7285cf212feaaea6ff7229d3e7ca89e0d1f2d15d"},
        {u"ratings"_s, u"qa_true_counts.csv"_s, u"v1/qa/qa_true_counts.csv"_s, u"Quality ratings"_s,
         u"How far the labels of each class were found right, for quality: in the filter; used as soon as it "
         u"is "
         "there."_s,
         dataset, Kind::Ratings, -1, -1},
        {u"strong-train"_s, u"audioset_train_strong.tsv"_s, u"strong/audioset_train_strong.tsv"_s,
         u"Strong labels, training"_s,
         u"When exactly each sound begins and ends, for some of the training segments."_s, dataset,
         Kind::Segments, -1, 103'463},
        {u"strong-eval"_s, u"audioset_eval_strong.tsv"_s, u"strong/audioset_eval_strong.tsv"_s,
         u"Strong labels, evaluation"_s,
         u"When exactly each sound begins and ends, for most of the evaluation segments."_s, dataset,
         Kind::Segments, -1, 16'996},
        {u"strong-names"_s, u"mid_to_display_name.tsv"_s, u"strong/mid_to_display_name.tsv"_s,
         u"Names of the strong labels"_s, u"Id and name of each class that the strong labels use."_s, dataset,
         Kind::Labels, -1, -1},
    };
    return files;
}

const OfficialFile *findOfficial(QStringView name)
{
    const auto &files = catalogue();
    const auto found = std::ranges::find_if(files, [name](const OfficialFile &file) {
        return name.compare(file.name, Qt::CaseInsensitive) == 0 ||
               name.compare(file.fileName, Qt::CaseInsensitive) == 0;
    });
    return found == files.end() ? nullptr : &*found;
}

QString rowsWord(Kind kind)
{
    return kind == Kind::Segments ? u"segments"_s : u"classes"_s;
}

QUrl Addresses::of(const OfficialFile &file) const
{
    if (file.path.isEmpty())
        return ontology;
    QUrl address = corpus;
    const QString base = corpus.path();
    address.setPath(base.endsWith(u'/') ? base + file.path : base + u'/' + file.path);
    return address;
}

} // namespace earmark::official
