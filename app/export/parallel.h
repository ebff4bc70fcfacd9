#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
#include <vector>

namespace earmark::exports {

/// Calls `action` with each number below `count`, on all cores; blocks. Stops between two numbers.
template <class Action>
void forEachOf(std::size_t count, const std::stop_token &stop, const Action &action)
{
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (unsigned number = 0; number < std::max(1U, std::thread::hardware_concurrency()); ++number) {
        threads.emplace_back([&] {
            for (std::size_t at; !stop.stop_requested() && (at = next++) < count;)
                action(at);
        });
    }
}

} // namespace earmark::exports
