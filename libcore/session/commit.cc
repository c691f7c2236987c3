// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/commit.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/session/image_stream.h"

namespace core::session {
namespace {

struct FreeDeleter { void operator()(std::byte* p) const { std::free(p); } };

/// A chunk that suits the drive.
class Buffer {
 public:
  explicit Buffer(const drive::SessionWriter& writer) {
    const std::size_t alignment = std::max<std::size_t>(writer.alignment(), 64);
    size_ = (std::max<std::size_t>(writer.preferred_chunk(), kBlockSize) + alignment - 1) / alignment * alignment;
    data_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, size_)));
    if (!data_) size_ = 0;
  }
  std::span<std::byte> all() { return {data_.get(), size_}; }

 private:
  std::unique_ptr<std::byte, FreeDeleter> data_;
  std::size_t size_ = 0;
};

/// Bytes per second at speed 1x; pseudo drives count like DVD.
int speed_unit(int profile) {
  if (profile >= 0x08 && profile <= 0x0a) return 153600;
  if (profile >= 0x40 && profile <= 0x43) return 4495625;
  return 1385000;
}

void publish(Progress& progress, Bytes done, const ImageStream& stream) {
  progress.done = done.value;
  progress.bytes = done.value;
  progress.fifo_percent = stream.fill_percent();
}

Result<Bytes> copy_stream(ImageStream& stream, drive::SessionWriter& writer, std::span<std::byte> buffer, Progress& progress,
                          ProblemSink& sink) {
  Bytes done{0};
  for (;;) {
    auto got = stream.read(buffer, progress.cancel);
    drain_library_messages(sink);
    if (!got) return std::move(got).problem();
    if (*got > 0) {
      if (auto ok = writer.write(buffer.first(*got)); !ok) return std::move(ok).problem();
    }
    done.value += static_cast<std::int64_t>(*got);
    publish(progress, done, stream);
    if (*got < buffer.size()) return done;
  }
}

Result<void> write_zeros(drive::SessionWriter& writer, std::span<std::byte> buffer, Bytes amount, Progress& progress) {
  std::fill(buffer.begin(), buffer.end(), std::byte{0});
  while (amount.value > 0) {
    if (progress.cancel) return Problem{Severity::abort, "Writing was cancelled"};
    const auto n = std::min<std::int64_t>(amount.value, static_cast<std::int64_t>(buffer.size()));
    if (auto ok = writer.write(buffer.first(static_cast<std::size_t>(n))); !ok) return ok;
    amount.value -= n;
    progress.done += n;
    progress.bytes += n;
  }
  return {};
}

/// What stands in blocks 0 to 31 up to now; zeros before the first session. What the image maker does not replace stays.
std::vector<std::uint8_t> present_head(const CommitRequest& request) {
  std::vector<std::uint8_t> head(static_cast<std::size_t>(to_bytes(request.plan.head).value));
  if (request.plan.method != Method::growing) return head;
  if (!request.out.read(Lba{0}, std::as_writable_bytes(std::span(head)))) std::fill(head.begin(), head.end(), std::uint8_t{0});
  return head;
}

/// The tag is: identifier, position, length of the record, record, MD5 of all that. Only the record is of use elsewhere.
std::string scdbackup_record(std::string tag) {
  std::size_t at = 0;
  for (int word = 0; word < 3 && at != tag.npos; ++word) at = tag.find(' ', at + 1);
  return at == tag.npos ? "" : tag.substr(at + 1, tag.rfind(' ') - at - 1);
}

CommitFailure failure(Step step, Problem problem) { return {step, std::move(problem)}; }

}  // namespace

Situation look_at(const image::Image& image, drive::Drive* in, drive::Drive& out, bool emulate_toc, std::optional<Lba> blind_address) {
  Situation s;
  s.same_drive = in == &out;
  s.image_loaded = in != nullptr && in->status() != drive::MediumStatus::blank && image.handle() != nullptr;
  s.status = out.status();
  s.overwritable = out.overwritable();
  s.readable = out.kind() != drive::Kind::write_only;
  s.emulate_toc = emulate_toc;
  s.blind_address = blind_address;
  if (out.kind() != drive::Kind::sequential && (s.status == drive::MediumStatus::blank || s.status == drive::MediumStatus::appendable))
    if (auto nwa = out.next_writable_address()) s.next_writable = *nwa;
  return s;
}

std::variant<Written, CommitFailure> write_session(const CommitRequest& request, Progress& progress, ProblemSink& sink) {
  const Plan& plan = request.plan;
  imprint_descriptors(request.image, request.imprint);
  imprint_files(request.image, request.imprint);
  std::vector<std::uint8_t> head = plan.activates_head ? present_head(request) : std::vector<std::uint8_t>();
  std::vector<char> tag(512);
  auto stream = ImageStream::start(request.image, request.options,
                                   {plan.image_start, plan.refers_to_older, plan.activates_head ? head.data() : nullptr, tag.data()});
  drain_library_messages(sink);
  if (!stream) return failure(Step::prepare, std::move(stream).problem());

  Written result;
  result.produced = blocks_for((*stream)->size());
  result.on_medium = blocks_on_medium(plan, result.produced, request.padding);
  if (request.free && result.on_medium > *request.free)
    return failure(Step::size_check, {Severity::failure, strprintf("Image size %llds exceeds free space on media %llds",
                                                                   static_cast<long long>(result.on_medium.value),
                                                                   static_cast<long long>(request.free->value))});
  progress.start(Phase::writing, to_bytes(result.on_medium).value);
  progress.one_x = speed_unit(request.out.profile().number);
  drive::WriteSettings settings = request.write;
  settings.start = plan.write_start;
  settings.expected = to_bytes(result.on_medium);
  auto writer = request.out.start_session(settings, progress);
  if (!writer) return failure(Step::write, std::move(writer).problem());
  Buffer buffer(**writer);
  if (buffer.all().empty()) return failure(Step::write, {Severity::fatal, "Out of virtual memory"});

  auto copied = copy_stream(**stream, **writer, buffer.all(), progress, sink);
  if (!copied) return failure(Step::write, std::move(copied).problem());
  result.start = (*writer)->start();
  const Bytes rest = to_bytes(result.on_medium) - *copied;
  if (auto ok = write_zeros(**writer, buffer.all(), rest, progress); !ok) return failure(Step::write, std::move(ok).problem());
  progress.phase = Phase::closing;
  if (auto ok = (*writer)->finish(); !ok) return failure(Step::write, std::move(ok).problem());
  // Optical drives fill up their last write unit.
  if (request.out.kind() == drive::Kind::optical) result.on_medium = std::max(result.on_medium, (*writer)->written());
  writer->reset();
  stream->reset();
  result.scdbackup_record = scdbackup_record(tag.data());
  drain_library_messages(sink);
  if (plan.activates_head && !settings.dummy) {
    const auto bytes = std::as_bytes(std::span<const std::uint8_t>(head));
    if (auto ok = request.out.overwrite(Lba{0}, bytes); !ok) return failure(Step::activate, std::move(ok).problem());
  }
  progress.phase = Phase::idle;
  return result;
}

}  // namespace core::session
