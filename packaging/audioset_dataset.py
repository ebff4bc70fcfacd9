"""Clips of a manifest that Earmark wrote (JSON lines), for PyTorch: pairs of sound and targets for multi-label training."""
import json, pathlib, wave
import torch

class AudioSetClips(torch.utils.data.Dataset):
    def __init__(self, manifest, classes=None):  # for validation: the classes of the training
        self.folder = pathlib.Path(manifest).resolve().parent
        self.clips = [json.loads(line) for line in open(manifest, encoding="ascii")]
        self.classes = classes or sorted({label for clip in self.clips for label in clip["labels"]})

    def __len__(self):
        return len(self.clips)

    def __getitem__(self, index):
        clip = self.clips[index]
        with wave.open(str(self.folder / clip["audio_filepath"])) as file:
            sound = torch.frombuffer(bytearray(file.readframes(file.getnframes())), dtype=torch.int16)
            sound = sound.view(-1, file.getnchannels()).T / 32768  # (channels, samples), -1 to 1
        return sound, torch.tensor([float(label in clip["labels"]) for label in self.classes])
