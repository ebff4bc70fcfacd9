#!/usr/bin/env python3
"""Reads an export as its consumer does: consumers.py FORMAT PATH [texts]. Prints a line for each clip, in the order of the file:
what it is called, its labels joined by blanks, the size of its sound where the consumer opens it. Stops with an error where the
consumer's rules are broken; each rule stands where it is enforced. Labels are ids or indices, with `texts` anything."""

import csv
import hashlib
import json
import pathlib
import re
import sys
import tarfile
import wave

LABEL = re.compile(r"/[mtg]/[0-9a-z_]+$|\d+$" if len(sys.argv) < 4 else "")

# What pandas' read_csv makes of fields by default, see its documentation of na_values.
MISSING = set("""#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null|""".split("|"))


def need(rule, holds):
    if not holds:
        sys.exit(f"broken rule: {rule}")


def frames(path):
    with wave.open(str(path)) as file:
        return file.getnframes()


def clip(path, labels):
    need("the clip is there", path.is_file())
    need("labels are ids", labels and all(LABEL.match(label) for label in labels))
    return path.stem, labels, frames(path)


def is_number(field, kind):
    try:
        return kind(field) is not None and "_" not in field
    except ValueError:
        return False


def csv_type(fields):
    """The type that pandas' read_csv gives a column."""
    given = [field for field in fields if field not in MISSING]
    if all(is_number(field, int) for field in given):
        return "int64" if given and len(given) == len(fields) else "float64"
    if all(is_number(field, float) for field in given):
        return "float64"
    return "bool" if all(field.lower() in ("true", "false") for field in given) else "string"


def json_type(values):
    """The type that pyarrow.json gives a column."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, list) for value in given):
        return "list of " + json_type([each for value in given for each in value])
    kinds = {type(value).__name__ for value in given}
    return "float" if kinds == {"int", "float"} else "/".join(sorted(kinds)) or "null"


def same_features(files, rows_of, type_of):
    """What folder_based_builder.py of Hugging Face's datasets compares: the first rows of each part."""
    features = {}
    for file in files:
        rows = rows_of(file)[:10_000]
        names = {name for row in rows for name in row}
        features[file] = {name: type_of([row.get(name) for row in rows]) for name in names}
    need(f"AudioFolder: the parts have the same features: {features}", len({str(sorted(each.items())) for each in features.values()}) == 1)


def metadata(path, name):
    """The metadata of an audio folder, or of each of its parts."""
    return [path / name] if (path / name).is_file() else sorted(path.glob("*/" + name))


def nemo(path):
    need("NeMo: the suffix is .json; .jsonl is taken for Lhotse's", path.suffix == ".json")
    for line in path.read_bytes().decode("ascii").splitlines():
        item = json.loads(line)
        need("NeMo, ASRSpeechLabel: duration is a number", isinstance(item["duration"], float))
        need("NeMo, ASRSpeechLabel: label is a text", isinstance(item["label"], str))
        need("NeMo, AudioToMultiLabelDataset: split by the delimiter", item["label"].split(";") == item["labels"])
        need("NeMo: offset is a number", item["offset"] == 0)
        yield clip(path.parent / item["audio_filepath"], item["labels"])


def table(path, delimiter=",", name="path"):
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=delimiter, strict=True):
            need("a header names every column, and no row has more", None not in row and None not in row.values())
            float(row["duration"])
            yield clip(path.parent / row[name], [label for label in row["labels"].split(";") if label])


def official(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    need("AudioSet: three comment lines", [line[0] for line in lines[:4]] == ["#", "#", "#", lines[3][0]])
    for row in csv.reader(lines[3:], skipinitialspace=True, strict=True):
        need("AudioSet: id, start, end, labels", len(row) == 4 and len(row[0]) == 11)
        need("AudioSet: three decimals", all(re.match(r"\d+\.\d{3}$", row[at]) for at in (1, 2)))
        yield f"Y{row[0]}_{float(row[1]):g}_{float(row[2]):g}", row[3].split(","), ""


def speechbrain_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    need("SpeechBrain, load_data_csv: ids are unique", len({row["ID"] for row in rows}) == len(rows))
    for row in rows:
        float(row["duration"])
        need("SpeechBrain, load_data_csv: no $ that would be replaced",
             not any(re.search(r"\$([\w.]+)", field) for field in row.values()))
        yield clip(pathlib.Path(row["wav"]), row["labels"].split(";"))


def speechbrain_json(path):
    def replaced(value):  # as load_data_json() does it, see _recursive_format()
        if isinstance(value, dict):
            return {key: replaced(each) for key, each in value.items()}
        if isinstance(value, list):
            return [replaced(each) for each in value]
        return value.format_map({}) if isinstance(value, str) else value
    data = replaced(json.loads(path.read_text(encoding="utf-8")))
    for key, value in data.items():
        need("SpeechBrain, DynamicItemDataset: no item is called id", "id" not in value)
        yield clip(pathlib.Path(value["wav"]), value["labels"])


def audio_folder(path):
    def rows(file):
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    files = metadata(path, "metadata.jsonl")
    same_features(files, rows, json_type)
    for file in files:
        for item in rows(file):
            need("AudioFolder: file_name is relative to the metadata, which is above it", not item["file_name"].startswith(("/", "..")))
            yield clip(file.parent / item["file_name"], [str(label) for label in item["labels"]])


def audio_folder_csv(path):
    def rows(file):
        with open(file, newline="", encoding="utf-8") as opened:
            return list(csv.DictReader(opened))
    files = metadata(path, "metadata.csv")
    same_features(files, rows, csv_type)
    for file in files:
        yield from table(file, name="file_name")


def kaldi(path):
    def pairs(name):
        lines = (path / name).read_text(encoding="utf-8").splitlines()
        need("Kaldi: sorted and unique by LC_ALL=C", lines == sorted(set(lines), key=str.encode))
        return [line.split(" ", 1) for line in lines]
    wavs, texts, speakers = pairs("wav.scp"), pairs("text"), pairs("utt2spk")
    need("Kaldi, validate_data_dir.sh: the same utterances in each",
         [key for key, _ in wavs] == [key for key, _ in texts] == [key for key, _ in speakers])
    need("Kaldi: sorted by speaker too", [of for _, of in speakers] == sorted(of for _, of in speakers))
    lists = [line.split(" ") for line in (path / "spk2utt").read_text(encoding="utf-8").splitlines()]
    need("Kaldi, check_sorted_and_uniq: spk2utt is sorted by speaker", [of for of, *_ in lists] == sorted({of for _, of in speakers}))
    need("Kaldi, validate_data_dir.sh: spk2utt says the same as utt2spk, in its order",
         [[key, of] for of, *keys in lists for key in keys] == speakers)
    need("Kaldi: a speaker is the beginning of its utterances", all(key.startswith(of) for key, of in speakers))
    for (_, wav), (_, text) in zip(wavs, texts):
        need("Kaldi: a path is no pipe", not wav.endswith("|"))
        yield clip(pathlib.Path(wav), text.split(" "))


def icefall(path):
    with open(path / "class_labels_indices.csv", encoding="utf-8") as file:
        places = {row[1]: row[0] for row in list(csv.reader(file))[1:]}
    # As local/generate_audioset_manifest.py reads it.
    with open(path / "balanced_train_segments.csv", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=" "))[3:]
    for row in rows:
        key, labels = row[0].replace(",", ""), row[-1].split(",")
        need("icefall: every label is in class_labels_indices.csv", all(label in places for label in labels))
        found = list((path / "balanced").glob(f"{key}_*.wav"))
        need("icefall: names begin with the id", len(found) == 1)
        name, _, size = clip(found[0], labels)
        yield "Y" + name, labels, size


def webdataset(path):
    for shard in sorted(path.glob("*.tar")):
        with tarfile.open(shard, "r:") as archive:
            members = archive.getmembers()
            need("WebDataset: samples stand together", len(members) % 2 == 0)
            for sound, text in zip(members[::2], members[1::2]):
                key, _, suffix = sound.name.partition(".")
                need("WebDataset: the key ends at the first dot", suffix == "wav" and text.name == key + ".json")
                item = json.load(archive.extractfile(text))
                with wave.open(archive.extractfile(sound)) as file:
                    ytid, start, end = key.rsplit("_", 2)
                    yield f"{ytid}_{int(start) / 1000:g}_{int(end) / 1000:g}", item["labels"], file.getnframes()


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column_type(path, column):
    fields = [row[column] for row in rows_of(path)]
    return csv_type(fields) if any(field not in MISSING for field in fields) else "nothing"


def croissant(path):
    data = json.loads((path / "croissant.json").read_text(encoding="utf-8"))
    need("Croissant 1.1: conformsTo", data["conformsTo"] == "http://mlcommons.org/croissant/1.1")
    need("Croissant: what a dataset must have",
         all(key in data for key in ("@context", "@type", "name", "description", "license", "url", "distribution")))
    files = {}
    for each in data["distribution"]:
        if each["@type"] == "cr:FileObject":
            content = (path / each["contentUrl"]).read_bytes()
            need("Croissant: the SHA-256 of a FileObject", hashlib.sha256(content).hexdigest() == each["sha256"])
            files[each["@id"]] = [each["contentUrl"]]
        else:
            files[each["@id"]] = sorted(str(found.relative_to(path)) for found in path.glob(each["includes"]))
            need("Croissant: a FileSet holds files", files[each["@id"]])
    sets = {each["@id"]: each for each in data["recordSet"]}
    fields = {field["@id"]: field for records in sets.values() for field in records["field"]}
    for records in sets.values():
        for field in records["field"]:
            need("Croissant: ids begin with those of their record set", field["@id"].startswith(records["@id"] + "/"))
            if "data" in records:
                need("Croissant: each record that stands in the description has all fields",
                     all(set(record) == {of["@id"] for of in records["field"]} for record in records["data"]))
                continue
            source = field["source"]
            of = source.get("fileObject", source.get("fileSet"))
            need("Croissant: a field's source is in the distribution", of["@id"] in files)
            for name in files[of["@id"]] if "column" in source["extract"] else []:
                header = (path / name).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
                need("Croissant: a field's column is in the file", source["extract"]["column"] in header)
            if field["dataType"] == "sc:AudioObject":
                need("mlcroissant: reads few kinds of file, and WAV is none of them; a path it gives out", "fileProperty" not in source["extract"])
                heard = [path / re.match(source["transform"]["regex"], row["path"]).group(1) for name in files[of["@id"]] for row in rows_of(path / name)]
                need("Croissant: the clips' files are in the folder", heard and all(file.is_file() for file in heard))
            if "transform" in source and "column" in source["extract"]:
                need("mlcroissant: a transform is of texts; pandas tells which columns are",
                     all(column_type(path / name, source["extract"]["column"]) in ("string", "nothing") for name in files[of["@id"]]))
            if field["@id"] == "manifest/labels":
                labels_of = field
            if "references" in field:
                to = field["references"]["field"]["@id"]
                need("Croissant: a reference is to a field", to in fields)
                names = {record[to] for record in sets[to.split("/")[0]]["data"]}
                parts = [re.match(source["transform"]["regex"], name).group(1) for name in files[of["@id"]]]
                need("Croissant, cr:Split: the files' splits are those that are described", set(parts) == names)
                need("Croissant, cr:Split: the splits are described as such",
                     sets[to.split("/")[0]]["dataType"] == "cr:Split" and field["dataType"] == "sc:Text")
    for each in data["distribution"]:
        if each["@type"] != "cr:FileObject":
            continue
        with open(path / each["contentUrl"], newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                value = row["labels"]
                transforms = labels_of["source"].get("transform", [])
                for transform in transforms if isinstance(transforms, list) else [transforms]:
                    if "regex" in transform:
                        value = re.match(transform["regex"], value).group(1)
                    else:
                        value = value.split(transform["separator"])
                need("mlcroissant: what is repeated is a list", isinstance(value, list) == labels_of.get("repeated", False))
                labels = value if isinstance(value, list) else [value]
                if labels_of["dataType"] == "sc:Integer":
                    labels = [str(int(label)) for label in labels]
                yield clip((path / each["contentUrl"]).parent / row["path"], labels)


READERS = {
    "nemo": nemo, "csv": table, "tsv": lambda path: table(path, "\t"), "official": official,
    "speechbrain-csv": speechbrain_csv, "speechbrain-json": speechbrain_json, "audiofolder": audio_folder,
    "audiofolder-csv": audio_folder_csv, "kaldi": kaldi, "icefall": icefall, "webdataset": webdataset,
    "croissant": croissant,
}

if __name__ == "__main__":
    for stem, words, size in READERS[sys.argv[1]](pathlib.Path(sys.argv[2])):
        print(stem, " ".join(words), size)
