"""Clips of a manifest that Earmark wrote (JSON lines), for PyTorch: (sound, targets) pairs for multi-label training."""

import json
import pathlib
import wave

import torch


class AudioSetClips(torch.utils.data.Dataset):
    """Sound is float32 (channels, samples) in -1…1; targets are 0 or 1 for each class of `classes`, which are the labels
    that occur in the manifest, sorted, unless they are given: validation needs those of the training."""

    def __init__(self, manifest, classes=None):
        self.folder = pathlib.Path(manifest).resolve().parent
        self.clips = [json.loads(line) for line in open(manifest, encoding="ascii")]
        self.classes = classes or sorted({label for clip in self.clips for label in clip["labels"]})
        self.places = {label: place for place, label in enumerate(self.classes)}

    def __len__(self):
        return len(self.clips)

    def __getitem__(self, index):
        clip = self.clips[index]
        with wave.open(str(self.folder / clip["audio_filepath"])) as file:
            sound = torch.frombuffer(bytearray(file.readframes(file.getnframes())), dtype=torch.int16)
            sound = sound.view(-1, file.getnchannels()).T / 32768
        targets = torch.zeros(len(self.classes))
        targets[[self.places[label] for label in clip["labels"] if label in self.places]] = 1
        return sound, targets
