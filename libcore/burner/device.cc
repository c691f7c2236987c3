// SPDX-License-Identifier: GPL-3.0-or-later
//
// The entrance: what every command goes through before and after its handler.
#include "libcore/burner/device.h"

#include "libcore/burner/drive.h"
#include "libcore/burner/opcodes.h"

namespace core::burner {

struct Device::Impl {
  Impl(DeviceOptions options, Clock& clock) : drive(std::move(options), clock) {}

  Sense run(Request& request);
  Sense check(const OpcodeRow& row);
  Sense faults_before(int opcode);
  /// Ends block device access: what a reply has in common.
  BlockReply block_reply(Device& device, const Platter::Outcome& done, const Request& request);

  Drive drive;
  bool power_lost = false;
};

namespace {

/// Codes for block device access, so that faults can be told to strike only there.
constexpr int kBlockRead = 0x28;
constexpr int kBlockWrite = 0x2a;
constexpr int kBlockFlush = 0x35;

}  // namespace

Sense Device::Impl::faults_before(int opcode) {
  drive.faults.next_command();
  if (drive.faults.empty()) return sense::good;
  if (drive.faults.strikes_command(FaultKind::power_loss, opcode)) {
    power_lost = true;
    return sense::power_on;
  }
  if (drive.faults.strikes_command(FaultKind::unit_attention, opcode)) return sense::power_on;
  return sense::good;
}

Sense Device::Impl::check(const OpcodeRow& row) {
  if (row.attention == Attention::reported && !drive.attentions.empty()) {
    const Sense oldest = drive.attentions.front();
    drive.attentions.erase(drive.attentions.begin());
    return oldest;
  }
  if (row.needs == Needs::nothing) return sense::good;
  if (Sense s = drive.readiness(); !s.good()) return s;
  if (row.needs == Needs::intact && drive.medium()->spoiled) return sense::medium_corrupted;
  return applies(row.media, drive.row()) ? sense::good : row.refusal;
}

Sense Device::Impl::run(Request& request) {
  ++drive.commands;
  drive.advance();
  const int opcode = request.opcode();
  if (Sense s = faults_before(opcode); !s.good()) return s;
  const OpcodeRow* row = find_opcode(opcode);
  if (!row) return sense::invalid_opcode;
  if (Sense s = check(*row); !s.good()) return s;
  if (drive.medium()) drive.platter().set_opcode(opcode);
  Sense result = row->handler(drive, request);
  if (result.good() && drive.faults.strikes_command(FaultKind::recovered_error, opcode)) result = sense::recovered;
  request.delay_us += drive.faults.delay_us(opcode);
  if (drive.medium() && drive.platter().power_lost()) power_lost = true;
  return result;
}

BlockReply Device::Impl::block_reply(Device& device, const Platter::Outcome& done, const Request& request) {
  Drive& d = drive;
  BlockReply reply;
  if (d.medium() && d.platter().power_lost()) power_lost = true;
  if (power_lost) {
    (void)device.power_cycle();
    reply.power_lost = true;
    return reply;
  }
  reply.done = Blocks{done.done};
  reply.delay_us = request.delay_us + d.faults.delay_us(request.opcode());
  if (!done.sense.good()) reply.sense = to_bytes(done.sense);
  return reply;
}

Device::Device(DeviceOptions options, Clock& clock) : impl_(std::make_unique<Impl>(std::move(options), clock)) {}

Device::~Device() = default;

Reply Device::execute(const Command& command) {
  Request request;
  const std::size_t given = std::min(command.cdb.size(), request.block.size());
  std::copy_n(command.cdb.begin(), given, request.block.begin());
  request.out = command.data_out;
  request.in = command.data_in;
  Reply reply;
  Sense result = sense::invalid_field;
  const OpcodeRow* row = given ? find_opcode(request.opcode()) : nullptr;
  if (given && (!row || command.cdb.size() >= row->length)) result = impl_->run(request);
  if (impl_->power_lost) {
    (void)power_cycle();
    reply.power_lost = true;
    return reply;
  }
  const std::size_t client = row && row->direction == Direction::out ? command.data_out.size() : command.data_in.size();
  const bool moves_data = row && row->direction != Direction::none;
  reply.transferred = moves_data ? request.transferred : 0;
  reply.residual = client - std::min(client, reply.transferred);
  reply.delay_us = request.delay_us;
  if (!result.good()) {
    reply.status = Status::check_condition;
    reply.sense = to_bytes(result);
  }
  return reply;
}

void Device::load(std::unique_ptr<Disc> disc) { impl_->drive.put_in(std::move(disc)); }

std::unique_ptr<Disc> Device::unload() { return impl_->drive.take_out(); }

Disc* Device::disc() { return impl_->drive.disc.get(); }

bool Device::open_tray() {
  Drive& d = impl_->drive;
  if (d.prevented) return false;
  d.eject();
  return true;
}

void Device::close_tray() {
  Drive& d = impl_->drive;
  if (!d.tray_open) return;
  d.tray_open = false;
  d.insert();
}

bool Device::tray_open() const { return impl_->drive.tray_open; }
bool Device::locked() const { return impl_->drive.prevented; }
void Device::unlock() { impl_->drive.prevented = false; }

bool Device::ready() {
  impl_->drive.advance();
  return impl_->drive.readiness().good();
}

bool Device::swallow_unit_attention() {
  const bool any = !impl_->drive.attentions.empty();
  impl_->drive.attentions.clear();
  return any;
}

namespace {

/// Block device access is a READ or WRITE of the kernel, which retries once after unit attention.
Sense prepare(Drive& drive) {
  drive.attentions.clear();
  const Sense s = drive.readiness();
  return s.good() && drive.medium()->spoiled ? sense::medium_corrupted : s;
}

}  // namespace

BlockReply Device::read_blocks(Lba first, std::span<std::byte> data) {
  Drive& d = impl_->drive;
  Request request;
  ++d.commands;
  d.advance();
  Platter::Outcome done{impl_->faults_before(kBlockRead), 0};
  if (done.sense.good()) done.sense = prepare(d);
  if (done.sense.good()) {
    d.platter().set_opcode(kBlockRead);
    done = read_user_blocks(d, first.value, data.first(data.size() / kBlockSize * kBlockSize), request);
  }
  return impl_->block_reply(*this, done, request);
}

BlockReply Device::write_blocks(Lba first, std::span<const std::byte> data) {
  Drive& d = impl_->drive;
  Request request;
  request.block[0] = std::byte{kBlockWrite};
  ++d.commands;
  d.advance();
  const auto blocks = static_cast<std::int64_t>(data.size() / kBlockSize);
  Platter::Outcome done{impl_->faults_before(kBlockWrite), 0};
  if (done.sense.good()) done.sense = prepare(d);
  if (done.sense.good() && behaviour(*d.medium()) != Behaviour::overwrite) done.sense = sense::cannot_write_incompatible;
  if (done.sense.good()) {
    d.platter().set_opcode(kBlockWrite);
    done.sense = write_user_blocks(d, first.value, blocks, data.first(static_cast<std::size_t>(blocks * kBlockSize)), request);
    if (done.sense.good()) done.done = blocks;
  }
  return impl_->block_reply(*this, done, request);
}

BlockReply Device::flush() {
  Drive& d = impl_->drive;
  Request request;
  request.block[0] = std::byte{kBlockFlush};
  ++d.commands;
  d.advance();
  Platter::Outcome done{impl_->faults_before(kBlockFlush), 0};
  if (done.sense.good()) done.sense = prepare(d);
  if (done.sense.good() && d.platter().dirty()) done.sense = cmd_synchronize(d, request);
  return impl_->block_reply(*this, done, request);
}

Blocks Device::block_device_size() {
  const DiscState* s = impl_->drive.medium();
  return Blocks{s ? readable_end(*s) : 0};
}

FaultPlan& Device::faults() { return impl_->drive.faults; }

Result<void> Device::power_cycle() {
  Drive& d = impl_->drive;
  impl_->power_lost = false;
  const bool open = d.tray_open;
  d.prevented = false;
  d.attentions.clear();
  if (std::unique_ptr<Disc> disc = d.drop()) {
    auto reopened = Disc::open(disc->release_storage());
    if (!reopened) return reopened.problem();
    d.put_in(std::move(*reopened));
    d.tray_open = open;
    d.attentions.clear();
  }
  d.add_attention(sense::power_on);
  return {};
}

void Device::set_timing(Timing timing) { impl_->drive.options.timing = timing; }

DriveInfo Device::info() {
  Drive& d = impl_->drive;
  d.advance();
  const Identity& id = d.options.identity;
  return DriveInfo{id.vendor, id.product, id.revision, id.serial, d.tray_open, d.prevented, d.medium() != nullptr,
                   d.busy_us(), d.commands};
}

}  // namespace core::burner
