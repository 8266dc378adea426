// Saves a file that the page has in hand, once, and says that it did.

const saved = new Set()

export default function ({ data, setTriggerValue }) {
  if (!data) return
  if (!saved.has(data.id)) {
    saved.add(data.id)
    const bytes = Uint8Array.from(atob(data.content), (sign) => sign.charCodeAt(0))
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([bytes], { type: data.mime }))
    link.download = data.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60000)
  }
  setTriggerValue("saved", data.id)
}
