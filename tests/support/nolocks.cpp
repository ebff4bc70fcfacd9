// Loaded before a program (LD_PRELOAD), it makes this computer's disks like a network drive that keeps no
// locks.
#include <cerrno>
#include <cstdarg>

#include <dlfcn.h>
#include <fcntl.h>

namespace {

int locksFail(const char *name, int descriptor, int command, void *argument)
{
    if (command == F_SETLK || command == F_SETLKW || command == F_GETLK || command == F_OFD_SETLK) {
        errno = ENOLCK;
        return -1;
    }
    using Fcntl = int (*)(int, int, ...);
    return reinterpret_cast<Fcntl>(dlsym(RTLD_NEXT, name))(descriptor, command, argument);
}

} // namespace

extern "C" int fcntl(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return locksFail("fcntl", descriptor, command, argument);
}

extern "C" int fcntl64(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return locksFail("fcntl64", descriptor, command, argument);
}
