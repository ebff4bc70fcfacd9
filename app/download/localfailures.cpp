#include "download/localfailures.h"

namespace earmark::download {

LocalFailures::Verdict LocalFailures::met(const SegmentKey &clip, bool isDisk, bool othersWait)
{
    if (m_own.contains(clip) && !isDisk)
        return Verdict::Own;
    m_doubted.insert(clip);
    if (m_doubted.size() < Run && othersWait)
        return Verdict::Doubted;
    if (m_doubted.size() < Run && m_hasWorked && !isDisk) {
        m_own.insert(clip);
        m_doubted.remove(clip);
        return Verdict::Own;
    }
    forget();
    return Verdict::Local;
}

void LocalFailures::worked()
{
    m_hasWorked = true;
    m_own.unite(m_doubted);
    m_doubted.clear();
}

void LocalFailures::forget()
{
    m_doubted.clear();
    m_own.clear();
    m_hasWorked = false;
}

} // namespace earmark::download
