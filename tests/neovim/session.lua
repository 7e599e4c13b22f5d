-- A headless Neovim as a client of the language server: writes what it saw as JSON. Arguments: the server's program, the script, the
-- result's file; then the position of a probe point and of a name with its definition, as line:column counted from 1.
local server, script, result, probe_point, name = unpack(vim.g.arguments)
local seen = {}

local function position(text)
  local line, column = text:match('^(%d+):(%d+)$')
  return { line = tonumber(line) - 1, character = tonumber(column) - 1 }
end

local function finish()
  local file = assert(io.open(result, 'w'))
  file:write(vim.json.encode(seen))
  file:close()
  vim.cmd('qa!')
end

-- As docs/editors.md says for this version.
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  pattern = { '*.stp', '*.stpm' },
  callback = function(event) vim.bo[event.buf].filetype = 'systemtap' end,
})
local client
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'systemtap',
  callback = function(event)
    client = vim.lsp.start_client({
      name = 'tapwright',
      cmd = { server, '--language-server' },
      root_dir = vim.fn.getcwd(),
      init_options = { targetKernel = '4.14' },
      on_exit = function(code) seen.exit = code end,
    })
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})

local ok, message = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(script))
  local buffer = vim.api.nvim_get_current_buf()
  seen.filetype = vim.bo[buffer].filetype
  local patience = 60000
  assert(vim.wait(patience, function() return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized end, 50), 'not attached')
  assert(vim.wait(patience, function() return #vim.diagnostic.get(buffer) > 0 end, 50), 'no diagnostic')
  seen.diagnostics = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(seen.diagnostics, { line = diagnostic.lnum + 1, severity = diagnostic.severity, message = diagnostic.message })
  end
  local function ask(method, at)
    local answers, failure = vim.lsp.buf_request_sync(buffer, method, {
      textDocument = vim.lsp.util.make_text_document_params(buffer),
      position = position(at),
    }, patience)
    assert(answers, failure)
    return answers[client] and answers[client].result
  end
  seen.hover = ask('textDocument/hover', probe_point)
  seen.definition = ask('textDocument/definition', name)
end)
if not ok then seen.failure = message end
vim.lsp.stop_client(client)
vim.wait(10000, function() return seen.exit ~= nil end, 50)
finish()
