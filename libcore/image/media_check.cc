// SPDX-License-Identifier: GPL-3.0-or-later
//
// The calling thread reads, a second one digests and looks for checksum tags.
#include "libcore/image/media_check.h"

#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "libcore/base/text.h"
#include "libcore/image/media_tags.h"

namespace core::image {
namespace {

constexpr Blocks kDriveChunk{32};    // what the drive is asked for at once, and what one read error spoils
constexpr Blocks kFileChunk{512};
constexpr std::size_t kQueueLimit = 8;

constexpr std::string_view kNames[] = {"good", "md5_match", "slow", "partial", "valid", "untested",
                                       "md5_mismatch", "invalid", "tao_end", "off_track", "unreadable"};

/// Digests in its own thread what the reader hands over.
class TagThread {
 public:
  explicit TagThread(ProblemSink& problems) : watcher_(problems), thread_([this] { work(); }) {}
  ~TagThread() { finish(); }

  void begin(Lba start) { put({Item::begin, start, nullptr}); }
  void end() { put({Item::end, {}, nullptr}); }
  void take(Lba start, std::shared_ptr<std::vector<std::byte>> blocks) { put({Item::blocks, start, std::move(blocks)}); }
  const std::vector<Region>& finish() {
    if (thread_.joinable()) {
      put({Item::finish, {}, nullptr});
      thread_.join();
    }
    return watcher_.ranges();
  }

 private:
  struct Item {
    enum Kind { begin, blocks, end, finish } kind;
    Lba start;
    std::shared_ptr<std::vector<std::byte>> bytes;
  };
  void put(Item item) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return items_.size() < kQueueLimit; });
    items_.push_back(std::move(item));
    filled_.notify_one();
  }
  void work() {
    for (;;) {
      Item item;
      {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return !items_.empty(); });
        item = std::move(items_.front());
        items_.pop_front();
        room_.notify_one();
      }
      if (item.kind == Item::finish) return;
      if (item.kind == Item::begin) watcher_.begin(item.start);
      if (item.kind == Item::end) watcher_.end();
      if (item.kind == Item::blocks) watcher_.take(item.start, *item.bytes);
    }
  }

  TagWatcher watcher_;
  std::mutex mutex_;
  std::condition_variable room_, filled_;
  std::deque<Item> items_;
  std::thread thread_;
};

class Checker {
 public:
  using Take = std::function<Result<void>(Lba, std::span<const std::byte>)>;
  Checker(BlockSource& source, const SectorMap& map, const MediaCheckOptions& options, const Take& take, Progress& progress, ProblemSink& problems)
      : source_(source), map_(map), options_(options), take_(take), progress_(progress), problems_(problems),
        started_(std::chrono::steady_clock::now()), started_at_(std::time(nullptr)) {}

  Result<MediaCheck> run(std::span<const CheckRange> ranges) {
    if (options_.check_md5) tags_ = std::make_unique<TagThread>(problems_);
    for (const CheckRange& range : ranges) {
      auto result = check_range(range);
      if (!result) return std::move(result).problem();
    }
    if (tags_) outcome_.md5_ranges = tags_->finish();
    return std::move(outcome_);
  }

 private:
  Result<void> check_range(const CheckRange& range) {
    const Lba end = range.start + range.size;
    bool digesting = false;
    for (Lba at = range.start; at < end;) {
      if (must_stop()) {
        add(at, end - at, Quality::untested);
        break;
      }
      const Blocks run = map_.run_length(at, end);
      if (map_.is_valid(at)) {
        add(at, run, Quality::valid);
        at += run;
        continue;
      }
      if (tags_ && !digesting) tags_->begin(range.session_start);
      digesting = true;
      auto result = check_chunk(at, std::min(run, chunk_size()));
      if (!result) return std::move(result).problem();
      at += *result;
    }
    if (tags_ && digesting) tags_->end();
    return {};
  }

  Blocks chunk_size() const {
    if (options_.chunk.value > 0) return options_.chunk;
    return source_.raw_file().fd >= 0 ? kFileChunk : kDriveChunk;
  }

  /// Returns how many blocks are settled.
  Result<Blocks> check_chunk(Lba start, Blocks count) {
    const Blocks readable = source_.capacity() - Blocks{start.value};
    if (readable.value <= 0) {
      bool told = false;
      return bad_blocks(start, count, told);
    }
    count = std::min(count, readable);
    const auto before = std::chrono::steady_clock::now();
    if (read(start, count)) {
      const bool slow = std::chrono::steady_clock::now() - before >= options_.slow;
      return deliver(start, count, slow ? Quality::slow : Quality::good);
    }
    // A large read is repeated in pieces of what a drive takes at once, and if retries are wanted, in the smallest ones.
    bool told = false;
    for (Blocks done{}; done < count;) {
      const Blocks piece = std::min(options_.chunk.value > 0 ? options_.chunk : kDriveChunk, count - done);
      auto result = check_piece(start + done, piece, piece == count, told);
      if (!result) return result;
      done += piece;
    }
    return count;
  }

  Result<Blocks> check_piece(Lba start, Blocks count, bool was_tried, bool& told) {
    if (!was_tried && read(start, count)) return deliver(start, count, Quality::good);
    const bool retry = options_.retry == MediaCheckOptions::Retry::on ||
                       (options_.retry == MediaCheckOptions::Retry::by_medium && options_.retry_by_medium);
    if (!retry) return bad_blocks(start, count, told);
    for (Blocks done{}; done < count && !must_stop();) {
      const Blocks unit = std::min(options_.retry_unit, count - done);
      auto result = read(start + done, unit) ? deliver(start + done, unit, Quality::partial) : bad_blocks(start + done, unit, told);
      if (!result) return result;
      done += unit;
    }
    return count;
  }

  bool read(Lba start, Blocks count) {
    buffer_ = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(to_bytes(count).value));
    auto result = source_.read(start, *buffer_);
    if (!result) read_problem_ = std::move(result).problem();
    return result.ok();
  }

  Result<Blocks> deliver(Lba start, Blocks count, Quality quality) {
    if (tags_) tags_->take(start, buffer_);
    if (take_) {
      auto result = take_(start, *buffer_);
      if (!result) return std::move(result).problem();
    }
    count_read(count);
    add(start, count, quality);
    return count;
  }

  Result<Blocks> bad_blocks(Lba start, Blocks count, bool& told) {
    if (read_problem_ && !std::exchange(told, true)) {
      read_problem_->severity = std::min(read_problem_->severity, Severity::sorry);
      problems_.report(*std::exchange(read_problem_, std::nullopt));
    }
    count_read(count);
    add(start, count, Quality::unreadable);
    return count;
  }

  void count_read(Blocks count) {
    outcome_.blocks_read += count;
    progress_.done.fetch_add(count.value, std::memory_order_relaxed);
  }

  /// Adds to the list, joined with the region before if that is the same quality.
  void add(Lba start, Blocks count, Quality quality) {
    auto& regions = outcome_.regions;
    if (!regions.empty() && regions.back().quality == quality && regions.back().start + regions.back().size == start)
      regions.back().size += count;
    else
      regions.push_back({start, count, quality});
  }

  bool must_stop() {
    if (stopped_ || progress_.cancel) return true;
    if (options_.item_limit >= 0 && static_cast<std::int64_t>(outcome_.regions.size()) + 1 >= options_.item_limit)
      return stop(strprintf("Reached item_limit=%.f", static_cast<double>(options_.item_limit)));
    const auto elapsed = std::chrono::steady_clock::now() - started_;
    if (options_.time_limit.count() >= 0 && elapsed > std::max(options_.time_limit, std::chrono::seconds(1)))
      return stop(strprintf("Reached time_limit=%.f", static_cast<double>(options_.time_limit.count())));
    struct stat info;
    if (!options_.abort_file.empty() && ::stat(options_.abort_file.c_str(), &info) == 0 && info.st_mtime >= started_at_)
      return stop("Found fresh abort_file=" + options_.abort_file);
    return false;
  }
  bool stop(const std::string& reason) {
    problems_.report({Severity::note, "-check_media: " + reason});
    stopped_ = true;
    return true;
  }

  BlockSource& source_;
  const SectorMap& map_;
  const MediaCheckOptions& options_;
  const Take& take_;
  Progress& progress_;
  ProblemSink& problems_;
  std::chrono::steady_clock::time_point started_;
  std::time_t started_at_;
  std::unique_ptr<TagThread> tags_;
  std::shared_ptr<std::vector<std::byte>> buffer_;
  std::optional<Problem> read_problem_;
  MediaCheck outcome_;
  bool stopped_ = false;
};

}  // namespace

std::string_view quality_name(Quality q) { return kNames[static_cast<std::size_t>(q)]; }

std::optional<Quality> parse_quality(std::string_view word) {
  const auto found = std::find(std::begin(kNames), std::end(kNames), word);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<Quality>(found - std::begin(kNames));
}

char quality_class(Quality q, Quality bad_limit) {
  if (q == Quality::tao_end || q == Quality::off_track) return '0';
  if (q >= bad_limit) return '-';
  return q <= Quality::valid ? '+' : '0';
}

Result<MediaCheck> check_media(BlockSource& source, std::span<const CheckRange> ranges, const SectorMap& map, const MediaCheckOptions& options,
                               const std::function<Result<void>(Lba, std::span<const std::byte>)>& take, Progress& progress,
                               ProblemSink& problems) {
  return Checker(source, map, options, take, progress, problems).run(ranges);
}

}  // namespace core::image
