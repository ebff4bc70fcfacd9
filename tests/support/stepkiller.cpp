// Loaded before a program (LD_PRELOAD), it ends the program as a power failure would, at its n-th change of a
// name on the disk (EARMARK_KILL_AT=n, from 1 on): before a rename, link, removal or new folder is carried
// out; or that change fails (EARMARK_FAIL_AT=n). With EARMARK_NO_EXCHANGE=1 disks are like those that can
// neither exchange two names nor refuse to replace one. Changes are counted below the folder
// EARMARK_KILL_BELOW alone, so that the program's own start is not.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// Whether a path, or the folder that it is relative to, is below the one that is watched.
bool isWatched(int folder, const char *path)
{
    const char *below = std::getenv("EARMARK_KILL_BELOW");
    if (below == nullptr)
        return false;
    char place[4096] = "";
    if (path[0] != '/') {
        char link[64];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        const ssize_t length = readlink(link, place, sizeof place - 1);
        place[length > 0 ? length : 0] = '\0';
        path = place;
    }
    return std::strncmp(path, below, std::strlen(below)) == 0;
}

/// True when the change is to fail.
bool step(int folder, const char *path)
{
    static int steps = 0;
    const auto wanted = [](const char *name) {
        const char *at = std::getenv(name);
        return at != nullptr ? std::atoi(at) : 0;
    };
    if (!isWatched(folder, path))
        return false;
    ++steps;
    if (steps == wanted("EARMARK_KILL_AT"))
        kill(getpid(), SIGKILL);
    errno = EIO;
    return steps == wanted("EARMARK_FAIL_AT");
}

constexpr int Here = -100; // AT_FDCWD

} // namespace

extern "C" int rename(const char *from, const char *to)
{
    if (step(Here, from))
        return -1;
    return next<int (*)(const char *, const char *)>("rename")(from, to);
}

extern "C" int renameat(int fromFolder, const char *from, int toFolder, const char *to)
{
    if (step(fromFolder, from))
        return -1;
    return next<int (*)(int, const char *, int, const char *)>("renameat")(fromFolder, from, toFolder, to);
}

extern "C" int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags)
{
    if (flags != 0 && std::getenv("EARMARK_NO_EXCHANGE") != nullptr) {
        errno = EINVAL;
        return -1;
    }
    if (step(fromFolder, from))
        return -1;
    return next<int (*)(int, const char *, int, const char *, unsigned)>("renameat2")(fromFolder, from,
                                                                                      toFolder, to, flags);
}

extern "C" int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags)
{
    if (step(toFolder, to))
        return -1;
    return next<int (*)(int, const char *, int, const char *, int)>("linkat")(fromFolder, from, toFolder, to,
                                                                              flags);
}

extern "C" int unlink(const char *path)
{
    if (step(Here, path))
        return -1;
    return next<int (*)(const char *)>("unlink")(path);
}

extern "C" int unlinkat(int folder, const char *path, int flags)
{
    if (step(folder, path))
        return -1;
    return next<int (*)(int, const char *, int)>("unlinkat")(folder, path, flags);
}

extern "C" int rmdir(const char *path)
{
    if (step(Here, path))
        return -1;
    return next<int (*)(const char *)>("rmdir")(path);
}

extern "C" int mkdir(const char *path, mode_t mode)
{
    if (step(Here, path))
        return -1;
    return next<int (*)(const char *, mode_t)>("mkdir")(path, mode);
}

extern "C" int mkdirat(int folder, const char *path, mode_t mode)
{
    if (step(folder, path))
        return -1;
    return next<int (*)(int, const char *, mode_t)>("mkdirat")(folder, path, mode);
}
