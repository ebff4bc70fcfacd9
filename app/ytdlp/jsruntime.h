#pragma once

#include "ytdlp/askedtool.h"

#include <vector>

namespace earmark::ytdlp {

/// The JavaScript runtimes that yt-dlp can work with, asked for their versions.
class JsRuntimes final
{
public:
    /// `given`: the one that the user has chosen; empty: all that PATH has, and the deno that Earmark has
    /// fetched (`fetchedDeno`, empty: none).
    explicit JsRuntimes(const QString &given, const QString &fetchedDeno = {});

    /// The best that is usable and has no doubt about it; else the best usable one; else what is wrong with
    /// the first. Of two denos, the newer.
    Tool best();

private:
    struct Kind;
    struct Candidate
    {
        const Kind *kind;
        AskedTool asked;
        Tool::Origin origin;
    };
    static const std::vector<Kind> &kinds();
    static Tool judged(Candidate &candidate);

    std::vector<Candidate> m_candidates; ///< the better kind first
    Tool m_none;                         ///< the answer when there is no candidate
};

} // namespace earmark::ytdlp
