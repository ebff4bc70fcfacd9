#pragma once

#include "ytdlp/askedtool.h"

#include <vector>

namespace earmark::ytdlp {

/// The JavaScript runtimes that yt-dlp can work with, asked for their versions.
class JsRuntimes final
{
public:
    /// `given`: the one that the person has chosen; empty: all that PATH has.
    explicit JsRuntimes(const QString &given);

    /// The one that will do, the better first; else what is wrong with the first.
    Tool best();

private:
    struct Kind;
    struct Candidate
    {
        const Kind *kind;
        AskedTool asked;
    };
    static const std::vector<Kind> &kinds();
    static Tool judged(Candidate &candidate);

    std::vector<Candidate> m_candidates;
    Tool m_none; ///< the answer when there is no candidate
};

} // namespace earmark::ytdlp
