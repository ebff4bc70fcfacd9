#include "base/writefailure.h"

#include <cerrno>

namespace earmark {

using namespace Qt::StringLiterals;

tl::unexpected<Error> writeFailure(const QString &path, int reason)
{
    if (reason == ENOSPC || reason == EDQUOT) {
        return failure(ErrorCode::DiskFull,
                       u"There is no room left to write %1; free some space on that disk."_s.arg(path));
    }
    return failure(ErrorCode::Unwritable,
                   u"%1 cannot be written: %2."_s.arg(path, reason != 0 ? qt_error_string(reason)
                                                                        : u"the system does not say why"_s));
}

} // namespace earmark
